import { secretReferenceTo } from '../../../secrets/reference';
import type { Header } from '../importedRequests';
import { secretNameOf } from '../secretNames';
import { type Dictionary, dictionaryAt, isDictionary } from './document';

/* Security requirements and schemes (spec.openapis.org, Security Scheme Object). Each refers to a secret by name. */

/** What a scheme adds to a request. */
export interface Credentials {
  headers: Header[];
  query: string[];
  cookies: string[];
}

function addKey(credentials: Credentials, scheme: Dictionary, note: (text: string) => void): void {
  const name = String(scheme.name ?? 'key');
  const secret = secretNameOf(name);
  if (scheme.in === 'query')
    credentials.query.push(`${encodeURIComponent(name.toWellFormed())}=${secretReferenceTo(secret)}`);
  else if (scheme.in === 'cookie') credentials.cookies.push(`${name}=${secretReferenceTo(secret)}`);
  else credentials.headers.push([name, secretReferenceTo(secret)]);
  note(`Requests need the secret ${secret}: the key ${name}.`);
}

function addScheme(credentials: Credentials, key: string, scheme: Dictionary, note: (text: string) => void): void {
  const secret = secretNameOf(key);
  const { type, scheme: name } = scheme;
  if (type === 'apiKey') addKey(credentials, scheme, note);
  else if (type === 'http' && /^basic$/i.test(String(name))) {
    credentials.headers.push(['Authorization', `Basic ${secretReferenceTo(secret)}`]);
    note(`Requests need the secret ${secret}: user:password in base64.`);
  } else if ((type === 'http' && /^bearer$/i.test(String(name))) || type === 'oauth2' || type === 'openIdConnect') {
    credentials.headers.push(['Authorization', `Bearer ${secretReferenceTo(secret)}`]);
    note(`Requests need the secret ${secret}: a token${type === 'http' ? '' : ` of ${String(type)}`}.`);
  } else note(`The security scheme ${key.slice(0, 80)} (${String(name ?? type).slice(0, 40)}) was left out.`);
}

/** Returns what the first alternative of the security requirements adds to a request; nothing for an empty list. */
export function credentialsOf(root: Dictionary, requirements: unknown, note: (text: string) => void): Credentials {
  const credentials: Credentials = { headers: [], query: [], cookies: [] };
  const alternatives = Array.isArray(requirements) ? requirements.filter(isDictionary) : [];
  const first = alternatives.find((requirement) => Object.keys(requirement).length > 0) ?? {};
  const schemes = dictionaryAt(root, dictionaryAt(root, root.components).securitySchemes);
  for (const key of Object.keys(first))
    if (Object.hasOwn(schemes, key)) addScheme(credentials, key, dictionaryAt(root, schemes[key]), note);
    else note(`The security scheme ${key.slice(0, 80)} is not in the document.`);
  return credentials;
}
