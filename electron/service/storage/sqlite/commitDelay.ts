/**
 * Returns a function that must be called after each commit and simulates a slower disk. Like fsync, it blocks the
 * thread without using the processor. For a delay of 0 it does nothing.
 */
export function commitDelay(delayMs: number): () => void {
  if (delayMs === 0) return () => {};
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  return () => void Atomics.wait(never, 0, 0, delayMs);
}
