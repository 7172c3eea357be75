import { constants } from 'node:os';

/** The signals with which a terminal, a shell or the system asks a program to end. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Signals within this time after the first belong to the same request. npm and our own launchers forward signals that
 * the whole process group has already received. A single Ctrl-C, or the single signal of `timeout`, therefore arrives
 * several times, and late on a busy machine. A person who presses Ctrl-C in vain presses it again.
 */
const oneRequestMs = 1_000;

/**
 * How long after the end of a process that a signal to the group has ended this process may hear of the signal, in ms.
 * While it starts another, its main thread takes no signals, and a busy system lets the thread that does wait.
 */
const groupSignalMs = 250;

/** The reactions to stop requests, and the source of signals and time, which tests replace. */
export interface StopListener {
  /** The first request: stop in order. */
  onFirst(): void;
  /** A second request, by any of the signals: end at once. */
  onSecond(): void;
  signals?: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  later?: typeof afterSignals;
}

/**
 * Calls `then` after `ms`. Signals that arrived until then are heard first, even if the event loop stood still
 * meanwhile: it runs timers that are due, then hears signals, then runs immediates (nodejs.org, "The Node.js Event
 * Loop"). Keeps no process alive.
 */
export function afterSignals(ms: number, then: () => void): void {
  setTimeout(() => setImmediate(then).unref(), ms).unref();
}

/** Whether a process was ended by a stop signal. Electron tells the number of a signal as the exit code. */
function isStopSignal(ended: NodeJS.Signals | number | null): boolean {
  return stopSignals.some((signal) => ended === signal || ended === constants.signals[signal]);
}

/**
 * Calls `then` when a signal to the group, which has ended a process of the group, was surely heard by this process as
 * well. Keeps the process alive until then.
 */
export function afterGroupSignal(then: () => void): void {
  setTimeout(() => setImmediate(then), groupSignalMs);
}

/**
 * Calls `report` about a worker that has ended: at once, or as afterGroupSignal if a stop signal has ended it. Such a
 * signal ends a worker that has just started, perhaps before this process hears of it. Tests replace `later`.
 */
export function reportEnd(
  ended: NodeJS.Signals | number | null,
  report: () => void,
  later: typeof afterGroupSignal = afterGroupSignal,
): void {
  if (isStopSignal(ended)) later(report);
  else report();
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP, which then no longer end the process on their own. Returns a function that
 * stops listening.
 */
export function listenForStop({
  onFirst,
  onSecond,
  signals = process,
  later = afterSignals,
}: StopListener): () => void {
  let heard: 'nothing' | 'a request' | 'all of a request' = 'nothing';
  const hear = (): void => {
    if (heard === 'all of a request') onSecond();
    if (heard !== 'nothing') return;
    heard = 'a request';
    onFirst();
    later(oneRequestMs, () => {
      heard = 'all of a request';
    });
  };
  for (const signal of stopSignals) signals.on(signal, hear);
  return () => {
    for (const signal of stopSignals) signals.off(signal, hear);
  };
}

/**
 * Makes a worker ignore stop signals, because they reach the whole process group. Its coordinator decides when it
 * stops.
 */
export function leaveStopToParent(): void {
  for (const signal of stopSignals) process.on(signal, () => {});
}
