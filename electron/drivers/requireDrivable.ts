import { ProofloadError } from '../../shared/errors/appError';
import { type ToolDriver, toolNames } from '../../shared/run/driver';
import type { Target } from '../../shared/run/target';
import { maxRedirectsOf } from '../../shared/scenario/redirects';
import { filesIn } from '../../shared/scenario/requestBody';
import type { Scenario } from '../../shared/scenario/schema';
import { followsRedirects } from '../../shared/scenario/singleRequests';
import { allJourneys, namedSteps, requestsIn } from '../../shared/scenario/steps';
import { tlsOf } from '../../shared/scenario/tlsOptions';

/**
 * Why a tool can't make a run, one sentence each: it lacks a feature, or would send requests to servers that nobody has
 * confirmed.
 */
function obstacles(tool: ToolDriver, scenario: Scenario, target: Target): string[] {
  const name = toolNames[tool];
  const { load, dataFiles, proxy, httpVersion = '1.1' } = scenario;
  const requests = requestsIn(scenario) ?? [];
  const steps = namedSteps(allJourneys(scenario)).map(({ request }) => request);
  const { unixSocket, redirects } = target.kind === 'url' ? target : { unixSocket: undefined, redirects: undefined };
  const tls = target.kind === 'url' ? tlsOf(scenario, target) : undefined;
  const follows = scenario.journeys
    ? steps.some((step) => maxRedirectsOf(step) > 0)
    : followsRedirects(scenario, { redirects });
  const found: [boolean, string][] = [
    [load.executor === 'capacity-search', `${name} has no capacity search`],
    [load.executor === 'scenarios', `${name} gets one scenario at a time`],
    [tool === 'artillery' && load.executor === 'ramping-vus', 'Artillery has no ramp of virtual users'],
    [follows, `${name} follows redirects to servers that nobody has confirmed`],
    [
      steps.some(({ url }) => url.startsWith('{{')),
      `${name} follows links of responses to servers that nobody has confirmed`,
    ],
    [dataFiles !== undefined, `${name} is not given data files`],
    [requests.some((request) => filesIn(request).length > 0), `${name} is not given files to send`],
    [
      requests.some(({ auth }) => auth?.type === 'oauth2' || auth?.type === 'aws-sigv4'),
      `${name} gets no OAuth 2 token, and signs no requests for AWS`,
    ],
    [proxy !== undefined, `${name} does not use the proxy of a scenario`],
    [
      httpVersion === '2-prior-knowledge' || (httpVersion === '2' && tool === 'artillery'),
      `${name} uses HTTP/2 ${tool === 'k6' ? 'with TLS only' : 'not at all'}`,
    ],
    [unixSocket !== undefined, `${name} does not connect to Unix sockets`],
    [
      [tls?.caFile, tls?.certFile, tls?.keyFile, tls?.serverName, tls?.minVersion].some(
        (option) => option !== undefined,
      ),
      `${name} is not given certificates`,
    ],
  ];
  return found.flatMap(([is, sentence]) => (is ? [sentence] : []));
}

/** Throws `usage` for a run that a tool can't make. */
export function requireDrivable(tool: ToolDriver, scenario: Scenario, target: Target): void {
  const [first, ...others] = obstacles(tool, scenario, target);
  if (first === undefined) return;
  throw new ProofloadError(
    'usage',
    `${toolNames[tool]} can't generate the load of this run: ${[first, ...others].join('; ')}`,
    'use the generator of Proofload, or export the script and run the tool by hand',
  );
}
