import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import type { TlsOptions } from '../../../shared/run/target';

/** Where connections go, and how. */
export interface Origin {
  hostname: string;
  port: number;
  /** Undefined for plain HTTP. */
  tls: OriginTls | undefined;
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

/** The origin of an http(s) URL. */
export function originOf(url: URL, tls: OriginTls = readTls()): Origin {
  const secure = url.protocol === 'https:';
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return { hostname, port, tls: secure ? tls : undefined };
}
