import { ProofloadError } from '../../../shared/errors/appError';
import type { Target } from '../../../shared/run/target';
import type { Scenario } from '../../../shared/scenario/schema';
import { hasTlsOptions } from '../../../shared/scenario/tlsOptions';
import { serversOf } from '../targets/loadedHosts';

function refuse(message: string, hint: string): never {
  throw new ProofloadError('usage', message, hint);
}

/** Checks that the proxy, the HTTP version and the TLS options fit the target and each other. Throws `usage`. */
export function requireTransport(scenario: Scenario, target: Target): void {
  const { proxy, httpVersion = '1.1', tls, load } = scenario;
  if (target.kind === 'engine' && tls && hasTlsOptions(tls))
    refuse(
      'TLS options are for a service of your own: Proofload connects to the built-in one without TLS',
      'leave them out, or name the URL of a service',
    );
  const isProxied = proxy !== undefined;
  if (!isProxied && httpVersion === '1.1') return;
  const asked = isProxied ? 'a proxy' : 'HTTP/2';
  if (target.kind === 'engine')
    refuse(
      `${asked} is for a service of your own: Proofload connects to the built-in one directly, by HTTP/1.1`,
      'leave it out, or name the URL of a service',
    );
  if ('driver' in load && load.driver === 'autocannon')
    refuse(`autocannon loads without ${asked} here`, 'choose the driver proofload');
  if (isProxied && target.unixSocket !== undefined)
    refuse('a proxy does not connect to Unix sockets of this machine', 'leave the proxy or the Unix socket out');
  const servers = serversOf(scenario, target);
  if (httpVersion === '2' && !servers.some(({ isSecure }) => isSecure))
    refuse(
      'the TLS handshake negotiates HTTP/2, and no request goes to an https URL',
      'use https, or ask for HTTP/2 with prior knowledge where the server speaks it without TLS',
    );
  if (httpVersion === '2-prior-knowledge' && isProxied && !servers.every(({ isSecure }) => isSecure))
    refuse('HTTP/2 without TLS does not go through a proxy', 'use https, or leave the proxy out');
}
