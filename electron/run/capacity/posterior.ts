const gridPoints = 6_000;

/** How reliably a step tells whether its rate is above the capacity. */
export interface StepNoise {
  /** The relative distance from the capacity within which a step may go either way. */
  width: number;
  /** How often a step is wrong, however far its rate is from the capacity. */
  lapse: number;
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/**
 * The belief about a capacity after steps that held or did not: probabilistic bisection (Waeber, Frazier, Henderson
 * 2013) on the logarithm of the rate. A step at rate r holds for capacity c with the probability lapse + (1 - 2 lapse)
 * logistic((ln c - ln r) / width).
 */
export class CapacityPosterior {
  readonly #fromLn: number;
  readonly #stepLn: number;
  readonly #weights: Float64Array;

  /**
   * Begins with a belief around `guess`: a Cauchy distribution of the logarithm of the rate, cut off at the bounds. Its
   * tails are so heavy that every step that contradicts the guess about doubles the distance of the next step from it.
   * A guess that is wrong by a factor of ten costs three or four steps.
   */
  constructor(lowest: number, highest: number, guess: number, spread: number) {
    this.#fromLn = Math.log(lowest);
    this.#stepLn = (Math.log(highest) - this.#fromLn) / (gridPoints - 1);
    this.#weights = Float64Array.from({ length: gridPoints }, (_, index) => {
      const distance = (this.#lnAt(index) - Math.log(guess)) / spread;
      return 1 / (1 + distance * distance);
    });
    this.#normalise();
  }

  /** Updates the belief with a step. */
  observe(rate: number, holds: boolean, { width, lapse }: StepNoise): void {
    const lnRate = Math.log(rate);
    this.#weights.forEach((weight, index) => {
      const likely = lapse + (1 - 2 * lapse) * logistic((this.#lnAt(index) - lnRate) / width);
      this.#weights[index] = weight * (holds ? likely : 1 - likely);
    });
    this.#normalise();
  }

  /** The rate below which the capacity lies with the given probability. */
  quantile(probability: number): number {
    let sum = 0;
    for (let index = 0; index < gridPoints; index += 1) {
      sum += this.#weights[index] ?? 0;
      if (sum >= probability) return Math.exp(this.#lnAt(index));
    }
    return Math.exp(this.#lnAt(gridPoints - 1));
  }

  /** The middle 95 % of the belief. */
  interval(): { low: number; high: number } {
    return { low: this.quantile(0.025), high: this.quantile(0.975) };
  }

  #lnAt(index: number): number {
    return this.#fromLn + index * this.#stepLn;
  }

  #normalise(): void {
    const sum = this.#weights.reduce((total, weight) => total + weight, 0);
    this.#weights.forEach((weight, index) => {
      this.#weights[index] = weight / sum;
    });
  }
}
