/** The signals with which a terminal, a shell or the system asks a program to end. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Signals within this time after the first belong to the same request. npm and our own launchers forward signals that
 * the whole process group has already received. A single Ctrl-C, or the single signal of `timeout`, therefore arrives
 * several times. The second Ctrl-C of a person takes longer.
 */
const oneWishMs = 300;

/** The reactions to stop requests, and the source of signals and time, which tests replace. */
export interface StopListener {
  /** The first request: stop in order. */
  onFirst(): void;
  /** A second request, by any of the signals: end at once. */
  onSecond(): void;
  signals?: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  nowMs?: () => number;
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP, which then no longer end the process on their own. Returns a function that
 * stops listening.
 */
export function listenForStop({
  onFirst,
  onSecond,
  signals = process,
  nowMs = () => performance.now(),
}: StopListener): () => void {
  let firstMs: number | undefined;
  const hear = (): void => {
    if (firstMs === undefined) {
      firstMs = nowMs();
      onFirst();
    } else if (nowMs() - firstMs > oneWishMs) onSecond();
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
