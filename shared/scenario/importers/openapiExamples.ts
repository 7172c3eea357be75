import { ExampleBudget, ExampleTooLarge } from './exampleBudget';

/* Examples of the schemas of an OpenAPI document: JSON Schema with references. */

/** An object of a document. */
export type Dictionary = Record<string, unknown>;

export function isDictionary(value: unknown): value is Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names are data here, also those that mean something to JavaScript. */
function put(into: Dictionary, name: string, value: unknown): void {
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The example that a schema gives itself. */
function statedExample({ example, examples, default: usual, enum: choices }: Dictionary): unknown {
  if (example !== undefined) return example;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (usual !== undefined) return usual;
  return Array.isArray(choices) ? choices[0] : undefined;
}

/** References that lead to references. */
const maxHops = 10;
const maxReferenceLength = 1_000;

/** What a reference points to; nothing for one that leads out of the document, or in a circle. */
export function resolve(root: unknown, value: unknown, hops = 0): unknown {
  if (!isDictionary(value) || value.$ref === undefined) return value;
  const { $ref } = value;
  if (typeof $ref !== 'string' || $ref.length > maxReferenceLength || !$ref.startsWith('#/') || hops > maxHops)
    return undefined;
  let target: unknown = root;
  for (const part of $ref.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    target = isDictionary(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  }
  return resolve(root, target, hops + 1);
}

const maxSchemaDepth = 6;

/** Makes examples of the schemas of a document, within a budget. */
export class Examples {
  readonly #root: unknown;
  readonly #budget = new ExampleBudget();
  /** The schemas that are being unfolded: one that is in itself is left out there. */
  readonly #open = new Set<unknown>();
  /** How many were larger than a request may be. */
  leftOut = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  /** What `make` makes for one operation; undefined where it is larger than a request may be. */
  within<Made>(make: () => Made): Made | undefined {
    this.#budget.begin();
    try {
      return make();
    } catch (error) {
      if (!(error instanceof ExampleTooLarge)) throw error;
      this.#open.clear();
      this.leftOut += 1;
      return undefined;
    }
  }

  /** An example that stands in the document. Throws {@link ExampleTooLarge}. */
  given(value: unknown): unknown {
    return this.#budget.take(value);
  }

  /**
   * An example of a schema: the one that it gives, else the plainest value of its type; undefined for a schema that is
   * being unfolded already. Throws {@link ExampleTooLarge}.
   */
  of(schema: unknown, depth = 0): unknown {
    this.#budget.spend();
    const known = resolve(this.#root, schema);
    if (!isDictionary(known) || depth > maxSchemaDepth) return null;
    if (this.#open.has(known)) return undefined;
    this.#open.add(known);
    const example = this.#unfold(known, depth);
    this.#open.delete(known);
    return example;
  }

  #unfold(schema: Dictionary, depth: number): unknown {
    const stated = statedExample(schema);
    if (stated !== undefined) return this.given(stated);
    const { type, properties, items, allOf } = schema;
    if (Array.isArray(allOf)) return this.#all(allOf, depth + 1);
    const kind = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
    if (kind === 'object' || properties !== undefined)
      return this.#object(isDictionary(properties) ? properties : {}, depth + 1);
    if (kind === 'array') {
      const item = this.of(items, depth + 1);
      return item === undefined ? [] : [item];
    }
    if (kind === 'integer' || kind === 'number') return 1;
    return kind === 'boolean' ? true : 'text';
  }

  #all(parts: readonly unknown[], depth: number): Dictionary {
    const all: Dictionary = {};
    for (const part of parts) {
      const made = this.of(part, depth);
      if (isDictionary(made)) for (const [name, value] of Object.entries(made)) put(all, name, value);
    }
    return all;
  }

  #object(properties: Dictionary, depth: number): Dictionary {
    const made: Dictionary = {};
    for (const [name, part] of Object.entries(properties)) {
      this.#budget.spend(name.length);
      const value = this.of(part, depth);
      if (value !== undefined) put(made, name, value);
    }
    return made;
  }
}
