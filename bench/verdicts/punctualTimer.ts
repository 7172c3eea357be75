import { isMainThread, parentPort, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';

/** What is to be called, and when, by the clock that all threads share: ms since the epoch, with fractions. */
const dueSchema = z.object({ id: z.int(), atMs: z.number() });
type Due = z.infer<typeof dueSchema>;

function sharedNowMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Calls back within a fraction of a millisecond, where `setTimeout` is up to one late, and without turning meanwhile: a
 * server that turned would be a busy process, which an ordinary one is not. A thread sleeps until the next time (a
 * futex with a timeout, from `Atomics.wait`) and tells.
 */
export class PunctualTimer {
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  readonly #callbacks = new Map<number, () => void>();
  readonly #thread: Worker;
  #lastId = 0;

  /** `file`: a program that calls {@link keepTime} where it is not the main thread. */
  constructor(file: string) {
    this.#thread = new Worker(file, { workerData: this.#signal });
    this.#thread.on('message', (message: unknown) => this.#call(z.int().parse(message)));
  }

  after(delayMs: number, callback: () => void): void {
    this.#lastId += 1;
    const due: Due = { id: this.#lastId, atMs: sharedNowMs() + delayMs };
    this.#callbacks.set(due.id, callback);
    this.#thread.postMessage(due);
    Atomics.add(this.#signal, 0, 1);
    Atomics.notify(this.#signal, 0);
  }

  #call(id: number): void {
    this.#callbacks.get(id)?.();
    this.#callbacks.delete(id);
  }
}

/** The thread of a {@link PunctualTimer}; never returns. */
export function keepTime(): void {
  if (isMainThread || !parentPort) throw new Error('time is kept in a thread of its own');
  const signal = z.instanceof(Int32Array).parse(workerData);
  let waiting: Due[] = [];
  for (;;) {
    const seen = Atomics.load(signal, 0);
    for (let sent = receiveMessageOnPort(parentPort); sent; sent = receiveMessageOnPort(parentPort))
      waiting.push(dueSchema.parse(sent.message));
    const nowMs = sharedNowMs();
    for (const { id, atMs } of waiting) if (atMs <= nowMs) parentPort.postMessage(id);
    waiting = waiting.filter(({ atMs }) => atMs > nowMs);
    const nextMs = Math.min(...waiting.map(({ atMs }) => atMs));
    Atomics.wait(signal, 0, seen, nextMs - sharedNowMs());
  }
}
