import { z } from 'zod';
import type { EngineBackend } from '../engines/backend';
import { engineConfigSchema } from '../engines/config';
import { redirectsSchema } from '../scenario/redirects';
import { tlsOptionsSchema } from '../scenario/tlsOptions';
import { redactUrl } from '../secrets/redact';

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type HttpMethod = (typeof httpMethods)[number];

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
  /** The Unix socket of the server, like curl's `--unix-socket`. The host of the URL is not resolved. */
  unixSocket: z.string().min(1).optional(),
  /** The maximum number of redirects, like curl's `--location --max-redirs`. By default none is followed. */
  redirects: redirectsSchema.optional(),
});

/** What is loaded: the built-in document service over an engine, or an external URL. */
export const targetSchema = z.discriminatedUnion('kind', [engineConfigSchema, urlTargetSchema]);

export type UrlTarget = z.infer<typeof urlTargetSchema>;
export type Target = z.infer<typeof targetSchema>;

/**
 * Describes a target in a few words: the id of the engine, or the URL without secrets. A test double of a server and an
 * engine with delayed commits are never labelled as the real one.
 */
export function targetLabel(target: Target, backend?: EngineBackend): string {
  if (target.kind === 'url') return redactUrl(target.url);
  if (backend?.isTestDouble) return `${target.engine} test double`;
  const delayMs = 'commitDelayMs' in target.options ? target.options.commitDelayMs : 0;
  return delayMs > 0 ? `${target.engine} with commits ${delayMs} ms slower` : target.engine;
}
