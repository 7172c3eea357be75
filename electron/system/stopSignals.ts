/** The signals by which a terminal, a shell or the system asks a program to end. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Signals within this time of the first are the same request. npm and our own launchers pass on what the process group
 * has received already, so that one Ctrl-C, or the one signal of `timeout`, arrives several times. A second Ctrl-C of a
 * person takes longer.
 */
const oneWishMs = 300;

/** Who has something to stop, and the source of signals and time: tests have their own. */
export interface StopListener {
  /** The first request: stop in order. */
  onFirst(): void;
  /** A second request, by any of the signals: end at once. */
  onSecond(): void;
  signals?: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  nowMs?: () => number;
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP, which then no longer end the process by themselves. Returns what ends the
 * listening.
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

/** Has a worker leave it to its coordinator when it stops: signals reach the whole process group. */
export function leaveStopToParent(): void {
  for (const signal of stopSignals) process.on(signal, () => {});
}
