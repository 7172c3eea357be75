import type { Variables } from '../../../shared/scenario/journeys';
import { builtInNames, mapLiterals } from '../../../shared/scenario/template';

/**
 * The maximum size of a range that is written as a list, from which each user draws once. A larger range is drawn from
 * anew at each placeholder.
 */
const maxListed = 1_000;

/** Artillery's equivalents of the built-in placeholders. */
const random = '{{ $randomNumber(1, 2147483647) }}';
const own: Readonly<Record<string, { text: string; difference?: string }>> = {
  uuid: { text: '{{ $uuid }}', difference: '{{uuid}} is that of the user: the same at all places of an iteration.' },
  vu: { text: random, difference: '{{vu}} is a random number: Artillery does not number its users.' },
  iteration: { text: random, difference: '{{iteration}} is a random number: Artillery does not number iterations.' },
  now: { text: random, difference: '{{now}} is a random number: Artillery fills in no time.' },
  random: { text: random },
};

const placeholder = /\{\{\s*(env\.)?([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}/g;

/** Translates the placeholders of journeys into those of Artillery. */
export class ArtilleryTexts {
  /** A sentence for each placeholder that Artillery fills in differently. */
  readonly differences = new Set<string>();
  readonly #variables: Variables;
  /** Names whose values come from a step or a row. These take precedence over constants and built-in values. */
  readonly #given: ReadonlySet<string>;

  constructor(variables: Variables, given: ReadonlySet<string>) {
    this.#variables = variables;
    this.#given = given;
  }

  /** The ranges of variables as lists. */
  get ranges(): Record<string, string[]> {
    return Object.fromEntries(
      Object.entries(this.#variables).flatMap(([name, value]) => {
        if (typeof value !== 'object' || value.max - value.min >= maxListed) return [];
        const list = Array.from({ length: value.max - value.min + 1 }, (_, index) => String(value.min + index));
        return [[name, list]];
      }),
    );
  }

  /** Translates a text of a step. `encode` encodes the values of variables that are already known. */
  text(text: string, encode: (value: string) => string = (value) => value): string {
    return text.replaceAll(placeholder, (all, environment: string | undefined, name: string) =>
      environment === undefined ? this.#valueOf(name, encode, all) : `{{ $env.PROOFLOAD_ENV_${name} }}`,
    );
  }

  /**
   * Translates the URL of a step. Values in it are percent-encoded, unless it begins with a placeholder: then it is a
   * link.
   */
  url(url: string): string {
    return url.startsWith('{{') ? this.text(url) : this.text(url, encodeURIComponent);
  }

  /** Translates all texts in a value. */
  all(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.all(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.all(item)]));
  }

  #valueOf(name: string, encode: (value: string) => string, all: string): string {
    if (this.#given.has(name) && name !== 'iteration') return `{{ ${name} }}`;
    const variable = this.#variables[name];
    if (typeof variable === 'object') {
      if (variable.max - variable.min < maxListed) return `{{ ${name} }}`;
      this.differences.add(`{{${name}}} is drawn anew at each place, not once an iteration.`);
      return `{{ $randomNumber(${variable.min}, ${variable.max}) }}`;
    }
    if (variable !== undefined) return mapLiterals(String(variable), encode);
    const builtIn = builtInNames.has(name) ? own[name] : undefined;
    if (builtIn?.difference !== undefined) this.differences.add(builtIn.difference);
    return builtIn?.text ?? all;
  }
}
