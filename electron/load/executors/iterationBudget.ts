/** A fixed number of iterations for virtual users to complete. */
export interface IterationBudget {
  /** In ms from the start of the load. Iterations before this time are warm-up and do not count. */
  readonly fromMs: number;
  /** The number of iterations that are left. */
  readonly remaining: number;
  /** Takes one for a user. Returns false when none is left for that user. */
  take(user: number): boolean;
}

/** `shared-iterations`: the next free user takes the next iteration. */
export function sharedBudget(iterations: number, fromMs: number): IterationBudget {
  let remaining = iterations;
  return {
    fromMs,
    get remaining() {
      return remaining;
    },
    take: () => {
      if (remaining === 0) return false;
      remaining -= 1;
      return true;
    },
  };
}

/** `per-vu-iterations`: each user has its own, equal number of iterations. */
export function perUserBudget(users: number, iterationsEach: number, fromMs: number): IterationBudget {
  const left = new Float64Array(users).fill(iterationsEach);
  let remaining = users * iterationsEach;
  return {
    fromMs,
    get remaining() {
      return remaining;
    },
    take: (user) => {
      const own = left[user] ?? 0;
      if (own === 0) return false;
      left[user] = own - 1;
      remaining -= 1;
      return true;
    },
  };
}
