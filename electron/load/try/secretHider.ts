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

/** What secrets are looked for by. */
interface KnownSecrets {
  scenario: Scenario;
  target: UrlLoadTarget;
  secrets: Secrets;
}

/** The name that says what an extraction takes. */
function sourceOf(extraction: Extraction): string {
  if ('header' in extraction) return extraction.header;
  if ('cookie' in extraction) return 'cookie';
  return 'jsonPath' in extraction ? lastNameOf(extraction.jsonPath) : '';
}

/**
 * Hides secrets in what a journey has sent and received: those that the scenario names or has typed, and what looks like
 * one by the name that it stands under. A value that was hidden in one place is hidden in all others by
 * {@link SecretHider.everywhere}, such as a token that an answer has brought and a later URL sends back.
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

  /** Of cookies the names stay: they are what one extracts and asks for. */
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

  /** What a step took from an answer. */
  extracted(variable: string, extraction: Extraction | undefined, value: string): string {
    const isSecret = isSensitiveName(variable) || (extraction && isSensitiveName(sourceOf(extraction)));
    if (!isSecret) return this.body(value);
    this.#note(value);
    return redacted;
  }

  /** Returns a function that hides, in any text, what has been found until now. */
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
