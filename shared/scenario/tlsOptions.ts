import { z } from 'zod';

const tlsVersions = ['TLSv1.2', 'TLSv1.3'] as const;

const file = z.string().min(1).max(4_096);

/** The TLS options for https servers. `insecureSkipTLSVerify` is k6's name. Files are PEM. */
export const tlsOptionsSchema = z.strictObject({
  insecureSkipTLSVerify: z.boolean().default(false),
  caFile: file.optional(),
  certFile: file.optional(),
  keyFile: file.optional(),
  /** The server name for SNI and certificate verification, when it differs from the host. */
  serverName: z.string().min(1).optional(),
  minVersion: z.enum(tlsVersions).optional(),
});
export type TlsOptions = z.infer<typeof tlsOptionsSchema>;

/** The options that name a file. */
export const tlsFileFields = ['caFile', 'certFile', 'keyFile'] as const;
export type TlsFileField = (typeof tlsFileFields)[number];

/** A name in DNS whose last label has a letter, because an IP address is not a server name (RFC 6066, 3). */
const hostName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*(?=[a-z0-9_-]*[a-z])[a-z0-9_-]{1,63}$/i;

/** The TLS options in a scenario. Relative paths are in the folder of its file. */
export const scenarioTlsSchema = tlsOptionsSchema.superRefine(({ certFile, keyFile, serverName }, context) => {
  const refuse = (field: keyof TlsOptions, message: string): void =>
    context.addIssue({ code: 'custom', path: [field], message });
  if (certFile !== undefined && keyFile === undefined)
    refuse('keyFile', 'must name the key of the client certificate, which can be in the same file');
  if (keyFile !== undefined && certFile === undefined)
    refuse('certFile', 'must name the client certificate that the key belongs to');
  if (serverName !== undefined && !hostName.test(serverName))
    refuse('serverName', 'must be the name of a host, such as shop.example.com, without scheme and port');
});

/** Whether any option differs from the default. */
export function hasTlsOptions({ insecureSkipTLSVerify, ...named }: TlsOptions): boolean {
  return insecureSkipTLSVerify || Object.values(named).some((value) => value !== undefined);
}

/** Names the TLS options that differ from the defaults, without the paths of files. Empty when none does. */
export function describeTls(options: TlsOptions): string {
  const { insecureSkipTLSVerify, caFile, certFile, serverName, minVersion } = options;
  return [
    ...(insecureSkipTLSVerify ? ['certificate not verified'] : []),
    ...(caFile === undefined ? [] : ['CA file']),
    ...(certFile === undefined ? [] : ['client certificate']),
    ...(serverName === undefined ? [] : [`server name ${serverName}`]),
    ...(minVersion === undefined ? [] : [`at least ${minVersion.replace('v', ' ')}`]),
  ].join(', ');
}

interface WithTls {
  tls?: TlsOptions | undefined;
}

/** Returns the TLS options of a run. Those of the target, which the command line sets, replace those of the scenario. */
export function tlsOf({ tls }: WithTls, target: WithTls): TlsOptions | undefined {
  return target.tls ?? tls;
}
