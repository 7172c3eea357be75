import type { DataRows, ScenarioRequest } from '../scenario/requests';
import { redacted, redactText } from './redact';
import { secretNamesIn, secretReferenceTo } from './reference';
import { replaceInRequest, replaceInRows, secretColumns } from './replaceInRun';
import type { SecretVisitor } from './replaceSecrets';

/** A secret that was found where it was typed, and the name that it was given. */
export interface NamedSecret {
  name: string;
  /** As it stood there; `***` where that was kept of a run. */
  value: string;
  /** Where it was found first, such as `Authorization` or `api_key`. */
  about: string;
}

/** Requests and the rows that fill them, as a scenario has them and importers make them. */
export interface Work<Request extends Partial<ScenarioRequest> = ScenarioRequest> {
  requests: readonly Request[];
  data: DataRows;
}

const maxNameLength = 60;

/** A name for a secret, as environment variables have it. */
function nameFor(about: string, isTaken: (name: string) => boolean): string {
  const base =
    about
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .replace(/^(?=\d)/, '_')
      .slice(0, maxNameLength) || 'SECRET';
  if (!isTaken(base)) return base;
  for (let number = 2; ; number += 1) if (!isTaken(`${base}_${number}`)) return `${base}_${number}`;
}

/**
 * Puts a reference such as `{{secret.API_KEY}}` in the place of everything that looks like a secret. The same value has
 * the same name everywhere; `taken` are names that something else has. Secrets that are referred to already stay, and so
 * does what `canBe` says can't be one.
 */
export function nameSecrets<Request extends Partial<ScenarioRequest>>(
  work: Work<Request>,
  taken: readonly string[] = [],
  canBe: (value: string) => boolean = () => true,
): { work: Work<Request>; secrets: readonly NamedSecret[] } {
  const { requests } = work;
  const known = new Set([...taken, ...secretNamesIn(JSON.stringify(requests))]);
  const byValue = new Map<string, NamedSecret>();
  const visitor: SecretVisitor = {
    // A name is what latencies are kept under, and is never filled in.
    label: redactText,
    secret: (value, about) => {
      if (!canBe(value)) return value;
      // What was hidden may have been anything.
      const key = value === redacted ? `${redacted} ${about.toLowerCase()}` : value;
      let named = byValue.get(key);
      if (!named) {
        named = { name: nameFor(about, (name) => known.has(name)), value, about };
        known.add(named.name);
        byValue.set(key, named);
      }
      return secretReferenceTo(named.name);
    },
  };
  return {
    work: {
      requests: requests.map((request) => replaceInRequest(request, visitor)),
      data: replaceInRows(work.data, secretColumns(requests), visitor),
    },
    secrets: [...byValue.values()],
  };
}
