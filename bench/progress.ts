function minutes(ms: number): string {
  const whole = Math.ceil(ms / 60_000);
  return whole >= 60 ? `${Math.floor(whole / 60)} h ${whole % 60} min` : `${whole} min`;
}

/** How far a long benchmark is and how long it will take, a line for each run on stderr. */
export class Progress {
  readonly #total: number;
  readonly #startedMs = Date.now();
  #done = 0;

  /** `weight` is what all runs together weigh, such as their seconds. */
  constructor(weight: number) {
    this.#total = weight;
  }

  step(weight: number, message: string): void {
    this.#done += weight;
    const leftMs = ((Date.now() - this.#startedMs) / this.#done) * (this.#total - this.#done);
    const share = ((100 * this.#done) / this.#total).toFixed(0);
    process.stderr.write(`[${share} %, ${minutes(leftMs)} left] ${message}\n`);
  }
}
