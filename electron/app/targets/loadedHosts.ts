import { ProofloadError } from '../../../shared/errors/appError';
import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { Target, UrlTarget } from '../../../shared/run/target';
import type { Scenario } from '../../../shared/scenario/schema';
import { allJourneys, namedSteps, type OwnRequests, requestsIn } from '../../../shared/scenario/steps';
import { secretNamesIn } from '../../../shared/secrets/reference';
import type { Destination } from '../../hosts/hostGuard';
import { partsOf, type RequestParts } from '../../load/workload/requestText';
import { requestsOf } from '../../load/workload/requestWorkload';

/** Where all requests of a run go. Throws `usage` for one that is no URL. */
function serversOf(scenario: OwnRequests, target: UrlTarget): WireUrl[] {
  return (requestsIn(scenario) ?? [{ url: target.url }]).map(({ url }) => wireUrl(url, target.url));
}

/**
 * Where the requests of a run go, and which secrets they take there; nowhere for the built-in service. It is read from
 * the requests that the load process makes. Throws `usage` for what is no URL.
 */
export function destinationsOf(
  scenario: Pick<Scenario, 'requests' | 'journeys' | 'setup' | 'teardown'>,
  target: Target,
): Destination[] {
  if (target.kind === 'engine') return [];
  const sent: readonly RequestParts[] = scenario.journeys
    ? namedSteps(allJourneys(scenario)).map(({ request }) => partsOf(request, target))
    : requestsOf(scenario, target);
  return sent.map(({ url, headers, body = '' }) => ({
    host: url.hostname,
    secrets: secretNamesIn([url.user ?? '', url.target, ...headers.map(([, value]) => value), body].join('\n')),
  }));
}

/** All requests go somewhere, and with a driver that knows one server to one. Throws `usage`. */
export function requireServers(scenario: Scenario, target: Target): void {
  if (target.kind === 'engine') return;
  const { load } = scenario;
  const origins = new Set(serversOf(scenario, target).map(({ origin }) => origin));
  if (origins.size > 1 && 'driver' in load && load.driver === 'autocannon')
    throw new ProofloadError(
      'usage',
      `autocannon loads one server, and the requests go to ${[...origins].join(' and ')}`,
      'choose the driver proofload, or send all requests to one server',
    );
}
