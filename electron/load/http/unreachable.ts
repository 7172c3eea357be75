import { errorMessage, ProofloadError, systemErrorCode } from '../../../shared/errors/appError';
import type { ErrorDetails } from '../../../shared/errors/errorDetails';
import type { RequestFailure } from './exchange';
import type { Origin } from './origin';
import { describeProxyFailure, isProxyFailure } from './proxyFailure';

/** The limit of open files of this process; undefined when it is not known. */
function openFilesLimit(): number | undefined {
  // The report opens no file, which would fail at the limit.
  const report: unknown = process.report?.getReport();
  if (typeof report !== 'object' || report === null || !('userLimits' in report)) return undefined;
  const { userLimits } = report;
  if (typeof userLimits !== 'object' || userLimits === null || !('open_files' in userLimits)) return undefined;
  const files = userLimits.open_files;
  if (typeof files !== 'object' || files === null || !('soft' in files)) return undefined;
  return typeof files.soft === 'number' ? files.soft : undefined;
}

/** Describes what is wrong with a certificate, from the error code of Node. */
function certificateFault(host: string, error: Error | undefined): [fault: string, remedy: string] {
  const code = (error && systemErrorCode(error)) ?? '';
  if (/SELF_SIGNED/.test(code)) return ['is self-signed', 'trust it for this run'];
  if (code === 'CERT_HAS_EXPIRED') return ['has expired', 'renew it'];
  if (code === 'CERT_NOT_YET_VALID')
    return ['is not valid yet', 'look at the clock of this machine and at the dates of the certificate'];
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return [`is for another name than ${host}`, 'use the name that is in the certificate'];
  if (/^UNABLE_TO_/.test(code))
    return ['is signed by an authority that is not known here', 'trust the authority for this run'];
  return [`is not valid (${error ? errorMessage(error) : 'no reason given'})`, 'correct it'];
}

/**
 * Describes why no connection could be opened, and what to do about it. The code of the error is `target-unreachable`.
 */
export function targetUnreachable(
  origin: Pick<Origin, 'hostname' | 'port' | 'socketPath' | 'proxy'> & Partial<Pick<Origin, 'tls'>>,
  failure: RequestFailure,
  error: Error | undefined,
): ProofloadError {
  const { hostname, port, socketPath } = origin;
  const target = `the target at ${socketPath ?? `${hostname}:${port}`}`;
  const unreachable = (message: string, hint: string, details?: ErrorDetails): ProofloadError =>
    new ProofloadError('target-unreachable', message, hint, { details });
  if (isProxyFailure(failure)) {
    const { message, remedy } = describeProxyFailure(origin, failure, error);
    return unreachable(message, remedy);
  }
  switch (failure) {
    case 'connection-refused':
      return unreachable(
        `${target} does not accept connections: nothing listens there`,
        socketPath === undefined
          ? 'check that the service is running and that host and port are right'
          : 'check that the service is running and that the path of its socket is right',
      );
    case 'host-unknown':
      return unreachable(`the host ${hostname} is not known`, 'check the spelling and the DNS of this machine');
    case 'host-unreachable':
      return unreachable(`there is no route to ${hostname}:${port}`, 'check the network, the VPN and the address');
    case 'certificate-invalid': {
      const [fault, remedy] = certificateFault(origin.tls?.servername ?? hostname, error);
      return unreachable(`the certificate of ${hostname}:${port} ${fault}`, remedy, { about: 'certificate' });
    }
    case 'http2-unsupported':
      return unreachable(
        `${target} does not speak HTTP/2${error ? ` (${errorMessage(error)})` : ''}`,
        origin.tls
          ? 'ask for HTTP/2 without prior knowledge, which falls back to HTTP/1.1'
          : 'use HTTP/1.1, or https where the server speaks HTTP/2 with TLS only',
      );
    case 'tls-failed':
      return unreachable(
        `${target} does not speak TLS as it was asked to (${(error && systemErrorCode(error)) ?? 'no reason given'})`,
        'check that it is an HTTPS port, use http:// if it is not, and look at the TLS versions that it offers',
      );
    case 'out-of-files': {
      const limit = openFilesLimit();
      return unreachable(
        `this machine cannot open another connection: ${limit === undefined ? 'it is out of file descriptors' : `this process may open ${limit} files`}`,
        'raise the limit (ulimit -n) and start it again',
      );
    }
    case 'out-of-ports':
      return unreachable(
        `this machine has no free port for a connection to ${hostname}:${port}`,
        'wait a minute until those of earlier runs are free again, or widen the range of local ports',
      );
    default:
      return unreachable(
        `${target} did not accept a connection in time`,
        'check that host and port are right and that no firewall is in between',
      );
  }
}
