/** A fixed number of iterations that virtual users work off. */
export interface IterationBudget {
  /** Iterations before this time, in ms from the start of the load, are warm-up and cost nothing. */
  readonly fromMs: number;
  /** How many are left. */
  readonly remaining: number;
  /** Takes one for a user; false when there is none left for it. */
  take(user: number): boolean;
}

/** `shared-iterations`: whoever is free takes the next. */
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

/** `per-vu-iterations`: each user has the same number of its own. */
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
