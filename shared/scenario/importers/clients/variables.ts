import { secretReferenceTo } from '../../../secrets/reference';
import { isSensitiveName } from '../../../secrets/sensitive';
import type { RequestCollector } from '../requestCollector';
import { secretNameOf } from '../secretNames';

/** The maximum number of steps in which values that refer to variables are resolved. */
const maxHops = 5;
/** Longer than any value that a person types. Values can refer to each other and grow. */
const maxLength = 1_000_000;
const variable = /\{\{\s*([^{}]{1,200}?)\s*\}\}/g;

/**
 * Values that API clients generate for each request. Here each has one value (learning.postman.com: dynamic variables).
 */
const madeUp: readonly (readonly [name: RegExp, value: string])[] = [
  [/^(?:guid|randomUUID|uuid|random\.uuid)$/i, '123e4567-e89b-42d3-a456-426614174000'],
  [/^(?:timestamp|now)$/i, '1704067200'],
  [/^(?:isoTimestamp|datetime.*|localDatetime.*)$/i, '2024-01-01T00:00:00Z'],
  [/^(?:randomInt.*|random\.integer.*|randomNumber)$/i, '1'],
  [/^(?:randomEmail|random\.email)$/i, 'user@example.com'],
];

/** Notes which of several environments the values come from. */
export function noteEnvironments([first, ...others]: readonly string[], collector: RequestCollector): void {
  if (others.length === 0) return;
  const left = `${others.slice(0, 5).join(', ')}${others.length > 5 ? ` and ${others.length - 5} more` : ''}`;
  collector.note(`The values of variables are those of the environment ${first}, and not those of ${left}.`);
}

/**
 * Fills the variables of an API client into texts, with the values from its file. Clients write an empty value for one
 * that a script sets, or that they keep elsewhere: it counts as none.
 */
export class Variables {
  readonly #values: ReadonlyMap<string, string>;
  readonly #secrets: ReadonlySet<string>;
  readonly #collector: RequestCollector;

  /** `secrets` are the names of variables that the client treats as secrets. */
  constructor(
    values: ReadonlyMap<string, string>,
    collector: RequestCollector,
    secrets: ReadonlySet<string> = new Set(),
  ) {
    this.#values = values;
    this.#secrets = secrets;
    this.#collector = collector;
  }

  /** Returns variables with additional values, which take precedence. */
  with(values: Iterable<readonly [string, string]>): Variables {
    return new Variables(new Map([...this.#values, ...values]), this.#collector, this.#secrets);
  }

  /** Replaces the known variables in a text. Unknown ones stay as they are. */
  known(text: string): string {
    let filled = text;
    for (let hop = 0; hop < maxHops && filled.includes('{{') && filled.length < maxLength; hop += 1) {
      const next = filled.replace(variable, (all, name: string) => this.#values.get(nameOf(name)) || all);
      if (next === filled) break;
      filled = next;
    }
    return filled;
  }

  /**
   * Replaces all variables of the client in a text. An unknown one becomes a placeholder for a data column, or for a
   * secret when its name suggests one.
   */
  fill(text: string): string {
    return this.known(text).replace(variable, (_all, written: string) => this.#unknown(nameOf(written)));
  }

  #unknown(name: string): string {
    const made = name.startsWith('$') ? madeUp.find(([pattern]) => pattern.test(name.slice(1)))?.[1] : undefined;
    if (made !== undefined) {
      this.#collector.note(`{{${name}}} has a new value for each request there, but always the same value here.`);
      return made;
    }
    const secret =
      /^vault:(.+)$/.exec(name)?.[1] ?? (this.#secrets.has(name) || isSensitiveName(name) ? name : undefined);
    if (secret !== undefined) {
      this.#collector.note(`Requests need the secret ${secretNameOf(secret)}: {{${name}}} has no value in the file.`);
      return secretReferenceTo(secretNameOf(secret));
    }
    this.#collector.note(`{{${name}}} has no value in the file: write it into the data.`);
    return this.#collector.column(name.replace(/^\$/, ''), '');
  }
}

/** Insomnia writes `_.name` and `_['a-name']`, Bruno `process.env.NAME`. */
function nameOf(written: string): string {
  return written
    .replace(
      /\[(?:'([^'\]]+)'|"([^"\]]+)"|(\d+))\]/g,
      (_all, ...names: (string | undefined)[]) => `.${names.find(Boolean)}`,
    )
    .replace(/^_\./, '')
    .replace(/^process\.env\./, '');
}
