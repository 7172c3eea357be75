/**
 * Failures that the limits of the machine that makes the load caused, and not the target: it ran out of file
 * descriptors (EMFILE, ENFILE) or of local ports (EADDRNOTAVAIL, EADDRINUSE).
 */
const ownLimitKinds: ReadonlySet<string> = new Set(['out-of-files', 'out-of-ports']);

/** Whether a kind of failure says something about the machine that makes the load and nothing about the target. */
export function isOwnLimit(kind: string): boolean {
  return ownLimitKinds.has(kind);
}
