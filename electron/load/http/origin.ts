import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { UrlTarget } from '../../../shared/run/target';
import type { HttpVersion } from '../../../shared/scenario/httpVersion';
import { proxyOf } from '../../../shared/scenario/proxy';
import type { Scenario } from '../../../shared/scenario/schema';
import type { SecretOf } from '../../../shared/scenario/template';
import type { TlsOptions } from '../../../shared/scenario/tlsOptions';
import type { HostAddresses } from '../../hosts/addresses';
import { admittedAddresses } from '../../hosts/pinnedLookup';
import { readTlsFile } from './tlsFiles';

/** A server: where and how to connect to it. */
export interface Origin {
  /** The host name in `Host` and in TLS. It is not resolved again. */
  hostname: string;
  /** The IP addresses of the host. */
  addresses: readonly string[];
  port: number;
  /** Undefined for plain HTTP. */
  tls: OriginTls | undefined;
  /** The Unix socket on which it listens, instead of addresses and port. */
  socketPath?: string;
  /** The proxy through which it is reached. */
  proxy?: OriginProxy | undefined;
  /** The HTTP version to use; HTTP/1.1 when undefined. */
  httpVersion?: HttpVersion | undefined;
}

/** A proxy, with the credentials for it. */
export interface OriginProxy {
  hostname: string;
  addresses: readonly string[];
  port: number;
  /** The value of `Proxy-Authorization` (RFC 9110, 11.7.2); undefined when the URL of the proxy has no user. */
  authorization: string | undefined;
}

/** How the servers of a scenario are reached. */
export type Transport = Pick<Origin, 'proxy' | 'httpVersion'>;

/** TLS options as Node takes them, with their files read. */
export type OriginTls = Pick<
  ConnectionOptions,
  'ca' | 'cert' | 'key' | 'minVersion' | 'servername' | 'rejectUnauthorized'
>;

const defaultTls: TlsOptions = { insecureSkipTLSVerify: false };

/**
 * Returns the TLS options with their files read. Relative paths are in `folder`. Throws `usage` when a file can't be
 * read.
 */
export function readTls(options: TlsOptions = defaultTls, folder?: string): OriginTls {
  const { insecureSkipTLSVerify, caFile, certFile, keyFile, serverName, minVersion } = options;
  return {
    rejectUnauthorized: !insecureSkipTLSVerify,
    ...(caFile === undefined ? {} : { ca: readTlsFile(caFile, folder) }),
    ...(certFile === undefined ? {} : { cert: readTlsFile(certFile, folder) }),
    ...(keyFile === undefined ? {} : { key: readTlsFile(keyFile, folder) }),
    ...(serverName === undefined ? {} : { servername: serverName }),
    ...(minVersion === undefined ? {} : { minVersion }),
  };
}

/** The fields of a target that say where its server listens. */
type Place = Pick<UrlTarget, 'url' | 'unixSocket'>;

/** Whether requests to a URL go through the Unix socket of a target. Those to the origin of the target's URL do. */
export function isAtSocket({ origin }: Pick<WireUrl, 'origin'>, { url, unixSocket }: Place): boolean {
  return unixSocket !== undefined && origin === wireUrl(url).origin;
}

/**
 * How the servers of a scenario are reached. `secretOf` returns the secrets in the user of a proxy. Throws
 * `remote-not-allowed` for a proxy whose host was not admitted.
 */
export function transportOf(
  { proxy, httpVersion }: Pick<Scenario, 'proxy' | 'httpVersion'>,
  addresses: HostAddresses,
  secretOf: SecretOf,
): Transport {
  if (proxy === undefined) return { httpVersion };
  const { hostname, port, authorization } = proxyOf(proxy, secretOf);
  return { proxy: { hostname, addresses: admittedAddresses(hostname, addresses), port, authorization }, httpVersion };
}

/** The inputs from which the origins of a run are made. */
export interface OriginInputs {
  target: Place;
  addresses: HostAddresses;
  tls: OriginTls;
  transport: Transport;
}

/** The origin of a URL in a run: at the Unix socket of its target, else as {@link originOf} returns it. */
export function originIn(url: WireUrl, { target, addresses, tls, transport }: OriginInputs): Origin {
  const { unixSocket } = target;
  if (unixSocket === undefined || !isAtSocket(url, target)) return { ...originOf(url, addresses, tls), ...transport };
  const { hostname, port, isSecure } = url;
  return { hostname, addresses: [], port, tls: isSecure ? tls : undefined, ...transport, socketPath: unixSocket };
}

/** The origin of a server in the form of a URL (WHATWG URL, 4.7). */
export function urlOriginOf({ hostname, port, tls }: Pick<Origin, 'hostname' | 'port' | 'tls'>): string {
  return new URL(`${tls ? 'https' : 'http'}://${inUrl(hostname)}:${port}`).origin;
}

/** A host and its port in the form of a CONNECT target (RFC 9110, 9.3.6). */
export function authorityOf({ hostname, port }: Pick<Origin, 'hostname' | 'port'>): string {
  return `${inUrl(hostname)}:${port}`;
}

function inUrl(hostname: string): string {
  return isIP(hostname) === 6 ? `[${hostname}]` : hostname;
}

/** The origin of a URL, with the addresses that were admitted. Throws `remote-not-allowed` when there are none. */
export function originOf(
  { hostname, port, isSecure }: Pick<WireUrl, 'hostname' | 'port' | 'isSecure'>,
  addresses: HostAddresses = {},
  tls: OriginTls = readTls(),
): Origin {
  return { hostname, addresses: admittedAddresses(hostname, addresses), port, tls: isSecure ? tls : undefined };
}
