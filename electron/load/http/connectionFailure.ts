import { systemErrorCode } from '../../../shared/errors/appError';
import type { RequestFailure } from './exchange';

/** The failure kinds of the system's error codes for network connections, for any generator on Node. */
export const networkFailures: Readonly<Record<string, RequestFailure>> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  ETIMEDOUT: 'connection-timeout',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  EADDRNOTAVAIL: 'out-of-ports',
  EADDRINUSE: 'out-of-ports',
  EMFILE: 'out-of-files',
  ENFILE: 'out-of-files',
};

const kinds: Readonly<Record<string, RequestFailure>> = {
  ...networkFailures,
  // A Unix socket does not exist.
  ENOENT: 'connection-refused',
};

/** The error codes of an invalid certificate: OpenSSL's names (X509_V_ERR_...) and Node's for a wrong host name. */
const certificateCode =
  /^(ERR_TLS_CERT|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH)/;

/** The kind of failure of a socket error. `handshaking`: whether it occurred during a TLS handshake. */
export function connectionFailure(error: Error, handshaking: boolean): RequestFailure {
  const code = systemErrorCode(error) ?? '';
  const known = kinds[code];
  if (known) return known;
  if (certificateCode.test(code)) return 'certificate-invalid';
  return handshaking || /^(ERR_TLS|ERR_SSL|EPROTO)/.test(code) ? 'tls-failed' : 'connection-failed';
}
