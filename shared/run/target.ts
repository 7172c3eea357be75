import { z } from 'zod';

/** The storage engines, in the order in which screens list them. */
export const engineIds = ['sqlite-json', 'sqlite', 'memory'] as const;
export const engineIdSchema = z.enum(engineIds);
export type EngineId = z.infer<typeof engineIdSchema>;

/** What a crash of the process or of the power loses at most. */
export type DurabilityTier = 'none' | 'process-crash-safe' | 'power-safe';

/** What the app says about an engine before it is measured. */
export interface EngineDescription {
  id: EngineId;
  name: string;
  description: string;
  durability: DurabilityTier;
}

export const engineDescriptions: readonly EngineDescription[] = [
  {
    id: 'sqlite-json',
    name: 'SQLite, JSON blobs',
    description:
      "the report's starting point: prepare per call, JSON column, rollback journal, status query by scanning",
    durability: 'power-safe',
  },
  {
    id: 'sqlite',
    name: 'SQLite, optimised',
    description: 'option 1: typed columns, cached statements, WAL with synchronous=FULL, index, group commit',
    durability: 'power-safe',
  },
  {
    id: 'memory',
    name: 'In memory',
    description: 'option 2: maps per tenant with an index on status; nothing survives the process',
    durability: 'none',
  },
];

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
});

const engineTargetSchema = z.strictObject({ kind: z.literal('engine'), engine: engineIdSchema });

/** What is loaded: the built-in document service over an engine, or an external URL. */
export const targetSchema = z.discriminatedUnion('kind', [engineTargetSchema, urlTargetSchema]);

export type UrlTarget = z.infer<typeof urlTargetSchema>;
export type Target = z.infer<typeof targetSchema>;

/** Whether a host name means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The target in a few words: the engine's id or the URL. */
export function targetLabel(target: Target): string {
  return target.kind === 'engine' ? target.engine : target.url;
}
