/** The interval of the heartbeat. It detects that something other than a request has held the event loop. */
const heartbeatMs = 20;
/** A heartbeat that is late by at least this much was held up. */
const heldUpMs = 2;

/**
 * Measures how long the event loop has been busy without a pause. A request that arrived while it was busy has waited
 * for its handler at most that long. A request that arrived at an idle loop has not waited. Node's own idle time would
 * tell the same, but not under Electron, which runs the loop itself.
 *
 * After a turn in which a request was handled, the loop counts as idle only when at least one more turn has passed.
 * Work at the end of the turn, such as a group commit, and the requests that arrived meanwhile belong to the same busy
 * time.
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

  /** Must be called when a handler begins. Returns how long the loop has been busy, in ms. */
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
    // After one more turn without a request, the loop is idle.
    if (this.#handled) setImmediate(this.#endTurn);
    else this.#busy = false;
    this.#handled = false;
  };

  /** A heartbeat runs before the requests of its turn: whatever held it up has held them up as well. */
  #beat(): void {
    const nowMs = performance.now();
    const dueMs = this.#nextBeatMs;
    this.#nextBeatMs = nowMs + heartbeatMs;
    if (this.#busy || nowMs - dueMs < heldUpMs) return;
    this.#becomeBusy(dueMs);
  }
}
