/**
 * What a slower disk adds to a commit: the thread is blocked and uses no processor, as in fsync. Returns what is to be
 * called after each commit; nothing for a delay of 0.
 */
export function commitDelay(delayMs: number): () => void {
  if (delayMs === 0) return () => {};
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  return () => void Atomics.wait(never, 0, 0, delayMs);
}
