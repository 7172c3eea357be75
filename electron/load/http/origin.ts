import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { TlsOptions, UrlTarget } from '../../../shared/run/target';
import type { HostAddresses } from '../../hosts/addresses';
import { admittedAddresses } from '../../hosts/pinnedLookup';

/** Where connections go, and how. */
export interface Origin {
  /** What is asked for, in `Host` and in TLS; never asked about again. */
  hostname: string;
  /** Where it is. */
  addresses: readonly string[];
  port: number;
  /** Undefined for plain HTTP. */
  tls: OriginTls | undefined;
  /** The Unix socket at which it listens, in place of addresses and port. */
  socketPath?: string;
}

/** Settings of TLS, read and ready, as Node takes them. */
export type OriginTls = Pick<
  ConnectionOptions,
  'ca' | 'cert' | 'key' | 'minVersion' | 'servername' | 'rejectUnauthorized'
>;

const defaultTls: TlsOptions = { insecureSkipTLSVerify: false };

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ProofloadError(
      'usage',
      `the TLS file ${path} cannot be read: ${errorMessage(error)}`,
      'give the path of a PEM file',
    );
  }
}

/** The settings of TLS with their files read. Throws `usage`. */
export function readTls(options: TlsOptions = defaultTls): OriginTls {
  const { insecureSkipTLSVerify, caFile, certFile, keyFile, serverName, minVersion } = options;
  return {
    rejectUnauthorized: !insecureSkipTLSVerify,
    ...(caFile === undefined ? {} : { ca: readPem(caFile) }),
    ...(certFile === undefined ? {} : { cert: readPem(certFile) }),
    ...(keyFile === undefined ? {} : { key: readPem(keyFile) }),
    ...(serverName === undefined ? {} : { servername: serverName }),
    ...(minVersion === undefined ? {} : { minVersion }),
  };
}

/** What of a target says where its server listens. */
type Place = Pick<UrlTarget, 'url' | 'unixSocket'>;

/** Whether requests to a URL go through the Unix socket of a target: those to the server that it names. */
export function isAtSocket({ origin }: Pick<WireUrl, 'origin'>, { url, unixSocket }: Place): boolean {
  return unixSocket !== undefined && origin === wireUrl(url).origin;
}

/** The origin of a URL of a run: at the socket of its target, or as {@link originOf}. */
export function originIn(url: WireUrl, target: Place, addresses: HostAddresses, tls: OriginTls): Origin {
  const { unixSocket } = target;
  if (unixSocket === undefined || !isAtSocket(url, target)) return originOf(url, addresses, tls);
  const { hostname, port, isSecure } = url;
  return { hostname, addresses: [], port, tls: isSecure ? tls : undefined, socketPath: unixSocket };
}

/** The origin of a URL, at the addresses that were admitted. Throws `remote-not-allowed` where none were. */
export function originOf(
  { hostname, port, isSecure }: Pick<WireUrl, 'hostname' | 'port' | 'isSecure'>,
  addresses: HostAddresses = {},
  tls: OriginTls = readTls(),
): Origin {
  return { hostname, addresses: admittedAddresses(hostname, addresses), port, tls: isSecure ? tls : undefined };
}
