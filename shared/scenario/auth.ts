import { z } from 'zod';
import { secretReference } from '../secrets/reference';
import { describeUnusableUrl } from './requestUrl';

const text = z
  .string()
  .regex(/^[^\r\n\0]*$/, 'must be one line')
  .max(10_000);
const name = text.min(1).max(1_000);

const basic = z.strictObject({ type: z.literal('basic'), username: text, password: text });

const bearer = z.strictObject({ type: z.literal('bearer'), token: name.max(10_000) });

const clientCredentials = z.strictObject({
  type: z.literal('oauth2'),
  /** An absolute URL, or a path on the server of the run. */
  tokenUrl: name,
  clientId: name,
  clientSecret: name.max(10_000),
  scope: name.optional(),
  audience: name.optional(),
  /** Whether the client authenticates with Basic authentication or in the body (RFC 6749, 2.3.1). */
  clientAuthentication: z.enum(['header', 'body']).default('header'),
});

const awsSigV4 = z.strictObject({
  type: z.literal('aws-sigv4'),
  accessKeyId: name,
  secretAccessKey: name,
  sessionToken: name.max(10_000).optional(),
  region: name,
  /** The name that AWS uses in its endpoints, such as `execute-api` or `s3`. */
  service: name,
});

/**
 * The authentication of a request: Basic (RFC 7617), Bearer (RFC 6750), an OAuth 2.0 token that is obtained with client
 * credentials (RFC 6749, 4.4) before the load and again before it expires, or an AWS signature, version 4. Secrets are
 * referred to by name, as `{{secret.NAME}}`.
 */
export const authSchema = z.discriminatedUnion('type', [basic, bearer, clientCredentials, awsSigV4]);
export type Auth = z.infer<typeof authSchema>;
export type ClientCredentials = z.infer<typeof clientCredentials>;

/** The authentication field of a request. */
export interface AuthFields {
  auth?: Auth | undefined;
}

/** Returns all texts that can contain placeholders. */
export function authTexts({ auth }: AuthFields): string[] {
  if (!auth) return [];
  const { type: _type, ...texts } = auth;
  return Object.values(texts).filter((one) => one !== undefined);
}

/**
 * Returns the texts that are sent with the request itself. A signing key is not sent, and client credentials go to the
 * token server.
 */
export function sentAuthTexts({ auth }: AuthFields): string[] {
  if (!auth || auth.type === 'oauth2') return [];
  if (auth.type === 'aws-sigv4') return [auth.accessKeyId, auth.sessionToken ?? ''];
  return authTexts({ auth });
}

/** Describes what is wrong with the authentication of a request; undefined when nothing is. */
export function describeAuthProblem(
  { auth }: AuthFields,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  if (!auth) return undefined;
  if (Object.keys(headers).some((header) => header.toLowerCase() === 'authorization'))
    return 'a request has "auth" or a header Authorization: leave one of them out';
  if (auth.type !== 'oauth2') return undefined;
  const [, unknown] =
    /\{\{\s*([\w.-]+)\s*\}\}/.exec(authTexts({ auth }).join('\n').replaceAll(secretReference, '')) ?? [];
  if (unknown !== undefined)
    return `the token is requested before the load, so only secrets can be filled in, and {{${unknown}}} is not one`;
  return describeUnusableUrl(auth.tokenUrl);
}
