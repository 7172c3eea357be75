/** The clock of this machine. The times in the samples of tools are from it, too. */
export interface WallClock {
  nowMs(): number;
  /** Calls `look` at each interval. Returns a function that stops this. */
  every(intervalMs: number, look: () => void): () => void;
}

export const wallClock: WallClock = {
  nowMs: () => Date.now(),
  every: (intervalMs, look) => {
    const timer = setInterval(look, intervalMs);
    return () => clearInterval(timer);
  },
};
