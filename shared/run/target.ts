import { z } from 'zod';
import type { EngineBackend } from '../engines/backend';
import { engineConfigSchema } from '../engines/config';
import { redirectsSchema } from '../scenario/redirects';
import { redactUrl } from '../secrets/redact';

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type HttpMethod = (typeof httpMethods)[number];

const tlsVersions = ['TLSv1.2', 'TLSv1.3'] as const;

/** How connections to an https target are secured; `insecureSkipTLSVerify` has k6's name, files are PEM. */
export const tlsOptionsSchema = z.strictObject({
  insecureSkipTLSVerify: z.boolean().default(false),
  caFile: z.string().min(1).optional(),
  certFile: z.string().min(1).optional(),
  keyFile: z.string().min(1).optional(),
  /** The name to ask for and to check the certificate against, where it is not the host's. */
  serverName: z.string().min(1).optional(),
  minVersion: z.enum(tlsVersions).optional(),
});
export type TlsOptions = z.infer<typeof tlsOptionsSchema>;

/** A request to an external target, with curl's options: `-X`, `-H`, `-d`. */
export const urlTargetSchema = z.strictObject({
  kind: z.literal('url'),
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(httpMethods).default('GET'),
  headers: z
    .array(
      z.tuple([
        z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name'),
        z.string().regex(/^[^\r\n\0]*$/, 'must be one line'),
      ]),
    )
    .default([]),
  body: z.string().optional(),
  tls: tlsOptionsSchema.optional(),
  /** The Unix socket at which the server of the URL listens, as curl's `--unix-socket`; its host is not looked up. */
  unixSocket: z.string().min(1).optional(),
  /** How many redirects of the request are followed, as with curl's `--location --max-redirs`; none by default. */
  redirects: redirectsSchema.optional(),
});

/** What is loaded: the built-in document service over an engine, or an external URL. */
export const targetSchema = z.discriminatedUnion('kind', [engineConfigSchema, urlTargetSchema]);

export type UrlTarget = z.infer<typeof urlTargetSchema>;
export type Target = z.infer<typeof targetSchema>;

/**
 * The target in a few words: the engine's id, or the URL without its secrets. A stand-in for a server is never called by its name,
 * nor an engine whose disk was made slower.
 */
export function targetLabel(target: Target, backend?: EngineBackend): string {
  if (target.kind === 'url') return redactUrl(target.url);
  if (backend?.isTestDouble) return `${target.engine} test double`;
  const delayMs = 'commitDelayMs' in target.options ? target.options.commitDelayMs : 0;
  return delayMs > 0 ? `${target.engine} with commits ${delayMs} ms slower` : target.engine;
}
