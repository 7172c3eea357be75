import { type Dictionary, isDictionary, resolve } from './document';
import { ExampleBudget, ExampleTooLarge } from './exampleBudget';
import { madeUpText, numberExample, textExample } from './scalarExample';

/*
 * Examples of the schemas of an OpenAPI document, which are JSON Schemas with references (spec.openapis.org, Schema
 * Object).
 */

/** Sets a property. Names are data here, even those with a special meaning in JavaScript. */
function put(into: Dictionary, name: string, value: unknown): void {
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Returns the example that a schema contains. */
function statedExample({ example, examples, const: only, default: usual, enum: choices }: Dictionary): unknown {
  if (only !== undefined) return only;
  if (example !== undefined) return example;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (usual !== undefined && usual !== null) return usual;
  return Array.isArray(choices) ? (choices.find((choice) => choice !== null) ?? choices[0]) : undefined;
}

function referenceOf(schema: unknown): string | undefined {
  return isDictionary(schema) && typeof schema.$ref === 'string' ? schema.$ref : undefined;
}

/**
 * Sets the property with which a schema tells its alternatives apart to the name of the one that `reference` leads to
 * (spec.openapis.org, Discriminator Object). A value that is more than a made-up text stays.
 */
function nameSchema(example: Dictionary, schema: unknown, reference: string | undefined): void {
  const discriminator = isDictionary(schema) ? schema.discriminator : undefined;
  if (reference === undefined || !isDictionary(discriminator)) return;
  const { propertyName: property, mapping } = discriminator;
  if (typeof property !== 'string' || (example[property] !== undefined && example[property] !== madeUpText)) return;
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const mapped = Object.entries(isDictionary(mapping) ? mapping : {}).find(([, to]) => to === reference || to === name);
  put(example, property, mapped?.[0] ?? name);
}

/** Levels of nested values. Deeper values become null. */
const maxSchemaDepth = 6;
/** The maximum number of schemas that are being expanded at once, each within another. */
const maxOpen = 50;
/** More items than any document describes. */
const maxItems = 1_000;

/** Returns the type that a schema names, or that its other keywords imply. */
function kindOf(schema: Dictionary): unknown {
  const { type, properties, additionalProperties, items, prefixItems, minimum, maximum } = schema;
  const named = Array.isArray(type) ? (type.find((one) => one !== 'null') ?? type[0]) : type;
  if (named !== undefined) return named;
  if (properties !== undefined || isDictionary(additionalProperties)) return 'object';
  if (items !== undefined || prefixItems !== undefined) return 'array';
  return minimum !== undefined || maximum !== undefined ? 'number' : undefined;
}

/** Makes examples of the schemas of a document, within a budget. */
export class Examples {
  readonly #root: unknown;
  readonly #budget = new ExampleBudget();
  /** The schemas that are being expanded. A schema within itself is left out. */
  readonly #open = new Set<unknown>();
  /** How many examples exceeded the maximum size of a request. */
  leftOut = 0;
  /** How many invented texts must match a pattern. */
  patterns = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  /** Returns what `make` returns for one operation; undefined when it exceeds the maximum size of a request. */
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

  /** Returns an example that the document contains. Throws {@link ExampleTooLarge}. */
  given(value: unknown): unknown {
    return this.#budget.take(value);
  }

  /**
   * Returns an example of a schema: its own, or the simplest value of its type; undefined for a schema that is already
   * being expanded. Throws {@link ExampleTooLarge}.
   */
  of(schema: unknown, depth = 0): unknown {
    this.#budget.spend();
    // OpenAPI 3.1 allows an example beside a reference.
    const beside = isDictionary(schema) && schema.$ref !== undefined ? statedExample(schema) : undefined;
    if (beside !== undefined) return this.given(beside);
    const known = resolve(this.#root, schema);
    if (!isDictionary(known) || depth > maxSchemaDepth || this.#open.size > maxOpen) return null;
    if (this.#open.has(known)) return undefined;
    this.#open.add(known);
    const example = this.#unfold(known, depth, referenceOf(schema));
    this.#open.delete(known);
    return example;
  }

  /** `reference` is how the schema was referred to, from which a discriminator takes its name. */
  #unfold(schema: Dictionary, depth: number, reference: string | undefined): unknown {
    const stated = statedExample(schema);
    if (stated !== undefined) return this.given(stated);
    const { allOf, oneOf, anyOf } = schema;
    const all = Array.isArray(allOf) ? allOf : [];
    const chosen = [...this.#firstOf(oneOf), ...this.#firstOf(anyOf)];
    // All parts describe the same value, so they do not add a level.
    const parts = [...all, ...chosen];
    if (parts.length === 0) return this.#plain(schema, depth);
    const example = this.#all(parts, schema, depth);
    if (!isDictionary(example)) return example;
    nameSchema(example, schema, referenceOf(chosen[0]));
    for (const part of all) nameSchema(example, resolve(this.#root, part), reference);
    return example;
  }

  /** Returns the first schema that allows more than null. Any of them would be valid. */
  #firstOf(choices: unknown): unknown[] {
    if (!Array.isArray(choices)) return [];
    const found = choices.find((choice) => {
      const known = resolve(this.#root, choice);
      return isDictionary(known) && known.type !== 'null' && known.const !== null && !this.#open.has(known);
    });
    return found === undefined ? choices.slice(0, 1) : [found];
  }

  /** Returns the simplest value of a type, ignoring combined schemas. */
  #plain(schema: Dictionary, depth: number): unknown {
    switch (kindOf(schema)) {
      case 'object':
        return this.#object(schema, depth + 1);
      case 'array':
        return this.#array(schema, depth + 1);
      case 'integer':
        return numberExample(schema, true);
      case 'number':
        return numberExample(schema, false);
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return this.#text(schema);
    }
  }

  #text(schema: Dictionary): string {
    if (schema.pattern !== undefined) this.patterns += 1;
    const text = textExample(schema);
    this.#budget.spend(text.length);
    return text;
  }

  /** Combines the values of all parts and of the schema itself. Objects are merged; otherwise the last value counts. */
  #all(parts: readonly unknown[], schema: Dictionary, depth: number): unknown {
    const made = parts.map((part) => this.of(part, depth));
    if (kindOf(schema) === 'object') made.push(this.#object(schema, depth + 1));
    const objects = made.filter(isDictionary);
    if (objects.length === 0) return made.findLast((value) => value !== undefined && value !== null) ?? made[0];
    const all: Dictionary = {};
    for (const object of objects) for (const [name, value] of Object.entries(object)) put(all, name, value);
    return all;
  }

  #array({ items, prefixItems, minItems, maxItems: most }: Dictionary, depth: number): unknown[] {
    const first = Array.isArray(prefixItems) ? prefixItems : [];
    const least = typeof minItems === 'number' ? Math.min(minItems, maxItems) : 1;
    const count = Math.min(Math.max(first.length, least, 1), typeof most === 'number' ? most : maxItems);
    const made: unknown[] = [];
    for (let index = 0; index < count; index += 1) {
      if (index >= first.length && items === undefined) break;
      const item = this.of(index < first.length ? first[index] : items, depth);
      if (item === undefined) break;
      made.push(item);
    }
    return made;
  }

  #object({ properties, additionalProperties }: Dictionary, depth: number): Dictionary {
    const made: Dictionary = {};
    for (const [name, part] of Object.entries(isDictionary(properties) ? properties : {})) {
      this.#budget.spend(name.length);
      // A property that only the server may set is not sent.
      const known = resolve(this.#root, part);
      if (isDictionary(known) && known.readOnly === true) continue;
      const value = this.of(part, depth);
      if (value !== undefined) put(made, name, value);
    }
    if (properties === undefined && isDictionary(additionalProperties)) {
      const value = this.of(additionalProperties, depth);
      if (value !== undefined) put(made, 'name', value);
    }
    return made;
  }
}
