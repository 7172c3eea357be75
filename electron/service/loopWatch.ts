/** How often a heartbeat looks whether something else than a request held the event loop. */
const heartbeatMs = 20;
/** A heartbeat that is later than this was held up. */
const heldUpMs = 2;

/**
 * Tells how long the event loop has been busy without a rest. A request that came while it was busy has waited at most
 * that long for its handler; one that met a loop at rest has not waited. Node's own idle time would tell as much, but
 * not under Electron, which turns the loop itself.
 *
 * A turn in which a request was handled is followed by at least one more before the loop counts as at rest: what was
 * left to the end of the turn (a group commit, say) and the requests that came meanwhile belong to the same busy time.
 */
export class LoopWatch {
  readonly #heartbeat: NodeJS.Timeout;
  #busy = false;
  #busySinceMs = 0;
  #handled = false;
  #nextBeatMs: number;

  constructor() {
    this.#nextBeatMs = performance.now() + heartbeatMs;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
  }

  /** To be called when a handler begins. Returns for how many ms the loop has been busy. */
  begin(nowMs: number): number {
    this.#handled = true;
    if (this.#busy) return nowMs - this.#busySinceMs;
    this.#becomeBusy(nowMs);
    return 0;
  }

  stop(): void {
    clearInterval(this.#heartbeat);
  }

  #becomeBusy(sinceMs: number): void {
    this.#busy = true;
    this.#busySinceMs = sinceMs;
    setImmediate(this.#endTurn);
  }

  readonly #endTurn = (): void => {
    // One turn more without a request, and the loop is at rest.
    if (this.#handled) setImmediate(this.#endTurn);
    else this.#busy = false;
    this.#handled = false;
  };

  /** A heartbeat comes before the requests of its turn: what held it up has held them up as well. */
  #beat(): void {
    const nowMs = performance.now();
    const dueMs = this.#nextBeatMs;
    this.#nextBeatMs = nowMs + heartbeatMs;
    if (this.#busy || nowMs - dueMs < heldUpMs) return;
    this.#becomeBusy(dueMs);
  }
}
