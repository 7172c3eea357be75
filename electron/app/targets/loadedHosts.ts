import { isIP } from 'node:net';
import { ProofloadError } from '../../../shared/errors/appError';
import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { Target, UrlTarget } from '../../../shared/run/target';
import { authTexts, sentAuthTexts } from '../../../shared/scenario/auth';
import { isRequestStep } from '../../../shared/scenario/journeys';
import { proxyOf } from '../../../shared/scenario/proxy';
import { maxRedirectsOf, redirectHostsOf } from '../../../shared/scenario/redirects';
import { type BodyFields, bodyTexts } from '../../../shared/scenario/requestBody';
import type { Scenario } from '../../../shared/scenario/schema';
import { followsRedirects } from '../../../shared/scenario/singleRequests';
import { allJourneys, namedSteps, type OwnRequests, requestsIn } from '../../../shared/scenario/steps';
import { secretNamesIn } from '../../../shared/secrets/reference';
import type { Destination } from '../../hosts/hostGuard';
import { isAtSocket } from '../../load/http/origin';
import { partsOf, type RequestParts } from '../../load/workload/requestText';
import { requestsOf } from '../../load/workload/requestWorkload';

/** The servers of all requests of a run. Throws `usage` for an invalid URL. */
export function serversOf(scenario: OwnRequests, target: UrlTarget): WireUrl[] {
  return (requestsIn(scenario) ?? [{ url: target.url }]).map(({ url }) => wireUrl(url, target.url));
}

/** The parts of a scenario that send requests. */
type SentRequests = Pick<Scenario, 'requests' | 'journeys' | 'setup' | 'teardown' | 'proxy'>;

/**
 * The hosts of the requests of a run, and the secrets that are sent there. Empty for the built-in service and for a
 * Unix socket. They come from the requests that the load process makes. Throws `usage` for an invalid URL.
 */
export function destinationsOf(scenario: SentRequests, target: Target): Destination[] {
  if (target.kind === 'engine') return [];
  const { proxy } = scenario;
  const servers = serverDestinations(scenario, target);
  const own = servers.map(({ host, secrets }) => ({ host, secrets }));
  if (proxy === undefined) return own;
  const { hostname, user = '' } = proxyOf(proxy);
  // The proxy can read everything that is sent without TLS.
  const secrets = [...secretNamesIn(user), ...servers.flatMap((server) => (server.isSecure ? [] : server.secrets))];
  return [
    { host: hostname, secrets: [...new Set(secrets)] },
    ...own.map((server) => ({ ...server, isBehindProxy: true })),
  ];
}

/** A host of the scenario, and whether TLS protects what is sent there. */
interface Server extends Destination {
  isSecure: boolean;
}

function serverDestinations(scenario: SentRequests, target: UrlTarget): Server[] {
  const sent: readonly RequestParts[] = scenario.journeys
    ? namedSteps(allJourneys(scenario)).map(({ request }) => partsOf(request, target))
    : requestsOf(scenario, target);
  const own = sent
    .filter(({ url }) => !isAtSocket(url, target))
    .map((parts) => {
      const { url, headers, body } = parts;
      const texts = [url.user ?? '', url.target, ...headers.map(([, value]) => value), ...bodyTexts(body)];
      const secrets = secretNamesIn([...texts, ...sentAuthTexts(parts)].join('\n'));
      return { host: url.hostname, isSecure: url.isSecure, secrets };
    });
  return [...own, ...tokenDestinations(sent, target), ...redirectDestinations(following(scenario, target), own)];
}

/** The hosts from which clients get their tokens, and the secrets that are sent there. */
function tokenDestinations(sent: readonly RequestParts[], target: UrlTarget): Server[] {
  return sent.flatMap(({ auth }) => {
    if (auth?.type !== 'oauth2') return [];
    const url = wireUrl(auth.tokenUrl, target.url);
    if (isAtSocket(url, target)) return [];
    return [{ host: url.hostname, isSecure: url.isSecure, secrets: secretNamesIn(authTexts({ auth }).join('\n')) }];
  });
}

/** The requests whose redirects are followed. */
function following({ requests, ...scenario }: OwnRequests, target: UrlTarget): readonly FollowedRequest[] {
  if (!scenario.journeys) return requests ?? [target];
  return allJourneys(scenario).flatMap(({ steps }) => steps.filter(isRequestStep));
}

/** The parts of a request that determine where it may be redirected, and which secrets it takes there. */
type FollowedRequest = Pick<UrlTarget, 'redirects'> & BodyFields;

/**
 * The hosts to which redirects may lead: those that the requests name, and those of all requests. The body is sent
 * there as well (307 and 308 keep it), but headers with secrets are removed (journey/followRedirect.ts).
 */
function redirectDestinations(requests: readonly FollowedRequest[], own: readonly Server[]): Server[] {
  return requests.flatMap((request) => {
    if (maxRedirectsOf(request) === 0) return [];
    const named = redirectHostsOf(request).map((host) => wireUrl(`http://${isIP(host) === 6 ? `[${host}]` : host}/`));
    const hosts = new Set([...own.map(({ host }) => host), ...named.map(({ hostname }) => hostname)]);
    const secrets = secretNamesIn(bodyTexts(request).join('\n'));
    // A redirect can also lead to http:.
    return [...hosts].map((host) => ({ host, isSecure: false, secrets }));
  });
}

/** Checks that every request has a valid URL, and that the driver can send all of them. Throws `usage`. */
export function requireServers(scenario: Scenario, target: Target): void {
  if (target.kind === 'engine') return;
  const { load } = scenario;
  if (target.unixSocket !== undefined && 'driver' in load && load.driver === 'autocannon')
    throw new ProofloadError(
      'usage',
      'autocannon does not connect to Unix sockets here',
      'choose the driver proofload, or a server with a port',
    );
  if ('driver' in load && load.driver === 'autocannon' && followsRedirects(scenario, target))
    throw new ProofloadError(
      'usage',
      'autocannon follows no redirects here',
      'choose the driver proofload, or name the URL that the redirect leads to',
    );
  const origins = new Set(serversOf(scenario, target).map(({ origin }) => origin));
  if (origins.size > 1 && 'driver' in load && load.driver === 'autocannon')
    throw new ProofloadError(
      'usage',
      `autocannon loads one server, and the requests go to ${[...origins].join(' and ')}`,
      'choose the driver proofload, or send all requests to one server',
    );
}
