/** How much is made of a document: it may be a few lines that refer to each other, and unfold to gigabytes. */
export interface ExampleLimits {
  /** Values and names, of one operation and of the whole document. */
  values: { each: number; all: number };
  /** Characters of texts and names, likewise. */
  characters: { each: number; all: number };
  /** Values inside of each other. */
  depth: number;
}

/** More than the bodies of real services have, and little enough to look at, to keep and to send. */
const exampleLimits: ExampleLimits = {
  values: { each: 5_000, all: 100_000 },
  characters: { each: 256 * 2 ** 10, all: 8 * 2 ** 20 },
  depth: 100,
};

/** An example is larger than its limits. */
export class ExampleTooLarge extends RangeError {}

/** Counts what examples have come to, and ends what would come to too much before it is made. */
export class ExampleBudget {
  readonly #limits: ExampleLimits;
  #values = 0;
  #characters = 0;
  #valuesBefore = 0;
  #charactersBefore = 0;

  constructor(limits: ExampleLimits = exampleLimits) {
    this.#limits = limits;
  }

  /** Begins the examples of another operation. */
  begin(): void {
    this.#valuesBefore = this.#values;
    this.#charactersBefore = this.#characters;
  }

  /** Counts one value and its characters. Throws {@link ExampleTooLarge}; then it is not counted, since it is not made. */
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

  /** Counts a value that stands in the document, with all that is in it. Throws {@link ExampleTooLarge}. */
  take<Value>(value: Value): Value {
    this.#count(value, 0);
    return value;
  }

  #count(value: unknown, depth: number): void {
    if (depth > this.#limits.depth) throw new ExampleTooLarge('the example has too many values inside of each other');
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
