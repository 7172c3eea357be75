/** The maximum size of the examples of a document. A few lines that refer to each other could expand to gigabytes. */
export interface ExampleLimits {
  /** Values and names, for one operation and for the whole document. */
  values: { each: number; all: number };
  /** Characters of texts and names, for one operation and for the whole document. */
  characters: { each: number; all: number };
  /** Levels of nested values. */
  depth: number;
}

/** More than the bodies of real services have, and small enough to display, store and send. */
const exampleLimits: ExampleLimits = {
  values: { each: 5_000, all: 100_000 },
  characters: { each: 256 * 2 ** 10, all: 8 * 2 ** 20 },
  depth: 100,
};

/** An example is larger than its limits. */
export class ExampleTooLarge extends RangeError {}

/** Counts the size of examples, and stops one that would become too large before it is made. */
export class ExampleBudget {
  readonly #limits: ExampleLimits;
  #values = 0;
  #characters = 0;
  #valuesBefore = 0;
  #charactersBefore = 0;

  constructor(limits: ExampleLimits = exampleLimits) {
    this.#limits = limits;
  }

  /** Starts the examples of another operation. */
  begin(): void {
    this.#valuesBefore = this.#values;
    this.#charactersBefore = this.#characters;
  }

  /**
   * Counts one value and its characters. Throws {@link ExampleTooLarge}, without counting a value that would be too
   * large.
   */
  spend(characters = 0): void {
    const { values, characters: texts } = this.#limits;
    const count = this.#values + 1;
    const length = this.#characters + characters;
    if (
      count > values.all ||
      length > texts.all ||
      count - this.#valuesBefore > values.each ||
      length - this.#charactersBefore > texts.each
    )
      throw new ExampleTooLarge('the example is larger than a request may be');
    this.#values = count;
    this.#characters = length;
  }

  /** Counts a value of the document with everything in it. Throws {@link ExampleTooLarge}. */
  take<Value>(value: Value): Value {
    this.#count(value, 0);
    return value;
  }

  #count(value: unknown, depth: number): void {
    if (depth > this.#limits.depth) throw new ExampleTooLarge('the example is nested too deeply');
    this.spend(typeof value === 'string' ? value.length : 0);
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const part of value) this.#count(part, depth + 1);
      return;
    }
    for (const [name, part] of Object.entries(value)) {
      this.spend(name.length);
      this.#count(part, depth + 1);
    }
  }
}
