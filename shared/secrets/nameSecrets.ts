import type { DataRows, ScenarioRequest } from '../scenario/requests';
import { redacted, redactText } from './redact';
import { secretNamesIn, secretReferenceTo } from './reference';
import { replaceInRequest, replaceInRows, secretColumns } from './replaceInRun';
import type { SecretVisitor } from './replaceSecrets';

/** A secret that was found in a text, and its new name. */
export interface NamedSecret {
  name: string;
  /** The original value; `***` when a run was stored with it hidden. */
  value: string;
  /** The name at its first occurrence, such as `Authorization` or `api_key`. */
  about: string;
}

/** Requests with their data rows, from a scenario or an importer. */
export interface Work<Request extends Partial<ScenarioRequest> = ScenarioRequest> {
  requests: readonly Request[];
  data: DataRows;
  /** The URL of the proxy for the requests. */
  proxy?: string | undefined;
}

const maxNameLength = 60;

/** Returns a name for a secret in the style of environment variables. */
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

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The encoding is invalid, so that the text is sent as it is.
    return text;
  }
}

/** Visits user and password of the URL of a proxy one by one, because a colon between them is added when it is sent. */
function replaceInProxy(proxy: string, visitor: SecretVisitor): string {
  const [, scheme = '', user, password = '', host = ''] = /^([a-z]+:\/\/)([^:/]*):?(.*)@([^@]*)$/is.exec(proxy) ?? [];
  if (user === undefined) return proxy;
  const replaced = (written: string, about: string): string => {
    const value = decoded(written);
    if (value === '' || secretNamesIn(written).length > 0) return written;
    const named = visitor.secret(value, about);
    // What is no secret stays encoded.
    return named === value ? written : named;
  };
  return `${scheme}${replaced(user, 'proxy user')}:${replaced(password, 'proxy password')}@${host}`;
}

/**
 * Replaces everything that looks like a secret by a reference such as `{{secret.API_KEY}}`. Equal values get the same
 * name, which is not in `taken`. Existing references stay, and so do values that `canBe` rejects.
 */
export function nameSecrets<Request extends Partial<ScenarioRequest>>(
  work: Work<Request>,
  taken: readonly string[] = [],
  canBe: (value: string) => boolean = () => true,
): { work: Work<Request>; secrets: readonly NamedSecret[] } {
  const { requests, proxy } = work;
  const known = new Set([...taken, ...secretNamesIn(JSON.stringify([requests, proxy]))]);
  const byValue = new Map<string, NamedSecret>();
  const visitor: SecretVisitor = {
    // Latencies are recorded under the name of a request, which is never filled in.
    label: redactText,
    secret: (value, about) => {
      if (!canBe(value)) return value;
      // Hidden values may have been different ones.
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
      ...(proxy === undefined ? {} : { proxy: replaceInProxy(proxy, visitor) }),
    },
    secrets: [...byValue.values()],
  };
}
