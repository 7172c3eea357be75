/* Takes the place of electron/service/loopWatch.ts in a service that measures nothing of itself. */
export class LoopWatch {
  begin(): number {
    return 0;
  }

  stop(): void {}
}
