/**
 * Counts by two names, such as failures by operation and kind. Names are foreign input, so they are only used as keys
 * of maps.
 */
export class CountsByName {
  readonly #counts = new Map<string, Map<string, number>>();

  add(first: string, second: string, count: number): void {
    let inner = this.#counts.get(first);
    if (!inner) {
      inner = new Map();
      this.#counts.set(first, inner);
    }
    inner.set(second, (inner.get(second) ?? 0) + count);
  }

  /** The sum of the counts of a first name; 0 if it has none. */
  sumOf(first: string): number {
    return [...(this.#counts.get(first)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  get firstNames(): string[] {
    return [...this.#counts.keys()];
  }

  entries(): [first: string, second: string, count: number][] {
    return [...this.#counts].flatMap(([first, inner]) =>
      [...inner].map(([second, count]): [string, string, number] => [first, second, count]),
    );
  }
}
