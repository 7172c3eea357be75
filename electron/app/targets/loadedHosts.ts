import { ProofloadError } from '../../../shared/errors/appError';
import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { Target, UrlTarget } from '../../../shared/run/target';
import type { Scenario } from '../../../shared/scenario/schema';

/** Where all requests of a run go. Throws `usage` for one that is no URL. */
function serversOf(requests: Scenario['requests'], target: UrlTarget): WireUrl[] {
  return (requests ?? [{ url: target.url }]).map(({ url }) => wireUrl(url, target.url));
}

/** The hosts that a run sends requests to, each once; none for the built-in service. Throws `usage` for what is no URL. */
export function hostsOf({ requests }: Pick<Scenario, 'requests'>, target: Target): string[] {
  return target.kind === 'engine' ? [] : [...new Set(serversOf(requests, target).map(({ hostname }) => hostname))];
}

/** All requests go somewhere, and with a driver that knows one server to one. Throws `usage`. */
export function requireServers({ requests, load }: Scenario, target: Target): void {
  if (target.kind === 'engine') return;
  const origins = new Set(serversOf(requests, target).map(({ origin }) => origin));
  if (origins.size > 1 && 'driver' in load && load.driver === 'autocannon')
    throw new ProofloadError(
      'usage',
      `autocannon loads one server, and the requests go to ${[...origins].join(' and ')}`,
      'leave --driver autocannon out',
    );
}
