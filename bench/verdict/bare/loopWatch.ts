/* Takes the place of electron/target/loopWatch.ts in a service that measures nothing of itself. */
export class LoopWatch {
  begin(): number {
    return 0;
  }

  stop(): void {}
}
