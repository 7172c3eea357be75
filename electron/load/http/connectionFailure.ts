import { systemErrorCode } from '../../../shared/errors/appError';
import type { RequestFailure } from './exchange';

const kinds: Readonly<Record<string, RequestFailure>> = {
  ECONNREFUSED: 'connection-refused',
  // Of a Unix socket that is not there.
  ENOENT: 'connection-refused',
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

/** OpenSSL's names of what can be wrong with a certificate (X509_V_ERR_...), and Node's for a wrong name. */
const certificateCode =
  /^(ERR_TLS_CERT|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH)/;

/** The kind of failure that an error of a socket is. `handshaking`: whether it came in the middle of a TLS handshake. */
export function connectionFailure(error: Error, handshaking: boolean): RequestFailure {
  const code = systemErrorCode(error) ?? '';
  const known = kinds[code];
  if (known) return known;
  if (certificateCode.test(code)) return 'certificate-invalid';
  return handshaking || /^(ERR_TLS|ERR_SSL|EPROTO)/.test(code) ? 'tls-failed' : 'connection-failed';
}
