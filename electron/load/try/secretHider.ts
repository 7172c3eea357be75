import type { Extraction } from '../../../shared/scenario/journeys';
import type { Scenario } from '../../../shared/scenario/schema';
import { concealerOf, type Secrets } from '../../../shared/secrets/conceal';
import { redacted } from '../../../shared/secrets/redact';
import { formsOfWritten, redactorOf } from '../../../shared/secrets/redactRun';
import { lastNameOf } from '../../../shared/secrets/replaceInRun';
import {
  replaceInBody,
  replaceInHeader,
  replaceInUrl,
  type SecretVisitor,
} from '../../../shared/secrets/replaceSecrets';
import { isSensitiveName } from '../../../shared/secrets/sensitive';
import { printable, printableLine } from '../../../shared/text/printable';
import type { UrlLoadTarget } from '../protocol';

/** What is known about the secrets of a journey. */
interface KnownSecrets {
  scenario: Scenario;
  target: UrlLoadTarget;
  secrets: Secrets;
}

/** The name of the value that an extraction reads. */
function sourceOf(extraction: Extraction): string {
  if ('header' in extraction) return extraction.header;
  if ('cookie' in extraction) return 'cookie';
  return 'jsonPath' in extraction ? lastNameOf(extraction.jsonPath) : '';
}

/**
 * Hides secrets in what a journey sent and received: those that the scenario names or contains literally, and values
 * under a name that looks like that of a secret. {@link SecretHider.everywhere} then hides a value that was hidden in
 * one place in all others, such as a token from a response that a later URL contains.
 */
export class SecretHider {
  readonly #known: (text: string) => string;
  readonly #found = new Map<string, string>();
  readonly #visitor: SecretVisitor = {
    secret: (value) => {
      this.#note(value);
      return redacted;
    },
  };

  constructor({ scenario, target, secrets }: KnownSecrets) {
    const { addresses: _addresses, ...urlTarget } = target;
    const [named, typed] = [concealerOf(secrets), redactorOf({ scenario, target: urlTarget })];
    this.#known = (text) => typed(named(text));
  }

  url(url: string): string {
    return replaceInUrl(printableLine(this.#known(url)), this.#visitor);
  }

  /** The names of cookies stay visible, because extractions refer to them. */
  header([name, value]: readonly [name: string, value: string]): [name: string, value: string] {
    const known = printableLine(this.#known(value));
    const kind = name.toLowerCase();
    if (kind === 'cookie')
      return [
        name,
        known
          .split(';')
          .map((pair) => this.#cookie(pair))
          .join(';'),
      ];
    if (kind !== 'set-cookie') return [name, replaceInHeader(name, known, this.#visitor)];
    const [pair = '', ...attributes] = known.split(';');
    return [name, [this.#cookie(pair), ...attributes].join(';')];
  }

  body(text: string): string {
    return replaceInBody(printable(this.#known(text)), this.#visitor);
  }

  /** A value that a step extracted from a response. */
  extracted(variable: string, extraction: Extraction | undefined, value: string): string {
    const isSecret = isSensitiveName(variable) || (extraction && isSensitiveName(sourceOf(extraction)));
    if (!isSecret) return this.body(value);
    this.#note(value);
    return redacted;
  }

  /** Returns a function that hides, in any text, the secrets that were found so far. */
  everywhere(): (text: string) => string {
    return concealerOf(this.#found, () => redacted);
  }

  #cookie(pair: string): string {
    const at = pair.indexOf('=') + 1;
    const value = pair.slice(at);
    if (value.trim() === '') return pair;
    this.#note(value.trim());
    return pair.slice(0, at) + redacted;
  }

  #note(value: string): void {
    if (value.includes(redacted)) return;
    for (const form of formsOfWritten(value)) this.#found.set(form, form);
  }
}
