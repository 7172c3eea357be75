/**
 * Failures caused by the limits of the machine that generates the load, not by the target: it ran out of file
 * descriptors (EMFILE, ENFILE) or local ports (EADDRNOTAVAIL, EADDRINUSE).
 */
const ownLimitKinds: ReadonlySet<string> = new Set(['out-of-files', 'out-of-ports']);

/** Whether a kind of failure comes from the machine that generates the load and tells nothing about the target. */
export function isOwnLimit(kind: string): boolean {
  return ownLimitKinds.has(kind);
}
