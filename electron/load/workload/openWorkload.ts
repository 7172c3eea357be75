import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import { environmentVariable } from '../../../shared/scenario/environment';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestJourney, targetJourney } from '../../../shared/scenario/singleRequests';
import { sendsSingleRequests } from '../../../shared/scenario/steps';
import {
  compileTemplate,
  constantTemplate,
  type EnvironmentOf,
  type SecretOf,
} from '../../../shared/scenario/template';
import { tlsOf } from '../../../shared/scenario/tlsOptions';
import type { Secrets } from '../../../shared/secrets/conceal';
import { TokenSources } from '../auth/tokenSources';
import { bodyFiles } from '../body/bodyFiles';
import { timerClock } from '../clock';
import { JourneyData } from '../data/journeyData';
import { type Origin, originIn, originOf, readTls, transportOf } from '../http/origin';
import type { RedirectDependencies } from '../http/redirectOrigins';
import { JourneyWorkload, type RequestJourneys } from '../journey/journeyWorkload';
import type { LoadInputs, LoadTarget, UrlLoadTarget } from '../protocol';
import type { Shard } from '../schedule/shard';
import { DocumentWorkload } from './documentWorkload';
import type { Ledger } from './ledger';
import type { RequestDependencies } from './requestText';
import { RequestWorkload, requestsOf, singleSteps } from './requestWorkload';
import type { Workload } from './workload';

/** A workload, the servers that it loads, and what it remembers. */
export interface OpenedWorkload {
  /** Single requests, or journeys. */
  workload: Workload | JourneyWorkload;
  /** At least one. */
  origins: readonly Origin[];
  /** Undefined when no redirects are followed. */
  redirects: RedirectDependencies | undefined;
  /** The tokens that requests are sent with; undefined for the document service. */
  tokens: TokenSources | undefined;
  /** Undefined when nothing is known about the responses. */
  ledger: Ledger | undefined;
}

/** What is needed to build the requests to a target and to send them. Throws `usage` when a TLS file cannot be read. */
function requestDependenciesOf(
  scenario: Pick<Scenario, 'proxy' | 'httpVersion' | 'tls'>,
  { addresses = {}, filesFolder, ...urlTarget }: UrlLoadTarget,
  secretOf: SecretOf,
) {
  const tls = readTls(tlsOf(scenario, urlTarget), filesFolder);
  const transport = transportOf(scenario, addresses, secretOf);
  const originAt = (url: WireUrl): Origin => originIn(url, { target: urlTarget, addresses, tls, transport });
  const tokens = new TokenSources({ target: urlTarget, secretOf, originAt, clock: timerClock });
  const dependencies: RequestDependencies = { fileOf: bodyFiles(filesFolder), tokenOf: tokens.tokenOf };
  const redirects: RedirectDependencies = { addresses, tls, transport };
  return { urlTarget, originAt, tokens, dependencies, redirects };
}

/**
 * The workload of a target. Throws `usage` when a TLS file or a file to be sent cannot be read or a step can't be
 * compiled, and `remote-not-allowed` for a host that was not admitted.
 */
export function openWorkload(
  scenario: Scenario,
  target: LoadTarget,
  shard: Shard,
  secrets: Secrets,
  inputs: Partial<LoadInputs> = {},
): OpenedWorkload {
  if (target.kind === 'documents') {
    const url = wireUrl(target.origin);
    const workload = new DocumentWorkload(scenario, url.host, shard);
    return { workload, origins: [originOf(url)], redirects: undefined, tokens: undefined, ledger: workload.ledger };
  }
  if (!sendsSingleRequests(scenario, target))
    return { ...openJourneys(scenario, target, shard, secrets, inputs), ledger: undefined };
  const secretOf: SecretOf = (name) => secrets.get(name);
  const { urlTarget, dependencies, originAt, redirects, tokens } = requestDependenciesOf(scenario, target, secretOf);
  const single = scenario.journeys ? singleSteps : requestsOf;
  const workload = new RequestWorkload(single(scenario, urlTarget, secretOf), scenario, shard, secretOf, dependencies);
  return { workload, origins: workload.origins.map(originAt), redirects, tokens, ledger: undefined };
}

/** Requests whose redirects are followed. Virtual users send them, with the placeholders of requests. */
function requestJourneysOf({ requests, journeys }: Scenario, target: UrlLoadTarget): RequestJourneys | undefined {
  if (journeys) return undefined;
  const all = requests?.map(requestJourney) ?? [targetJourney(target)];
  return { all, compile: requests ? compileTemplate : constantTemplate };
}

/**
 * The journeys of a scenario, including those that a run would send as single requests, or its requests as journeys.
 * Throws as {@link openWorkload} does.
 */
export function openJourneys(
  scenario: Scenario,
  target: UrlLoadTarget,
  shard: Shard,
  secrets: Secrets,
  { dataPaths = {}, given = {} }: Partial<LoadInputs> = {},
) {
  const secretOf: SecretOf = (name) => secrets.get(name);
  const environmentOf: EnvironmentOf = (name) => process.env[environmentVariable(name)];
  const { urlTarget, dependencies, originAt, redirects, tokens } = requestDependenciesOf(scenario, target, secretOf);
  const files = scenario.dataFiles && new JourneyData(scenario, dataPaths, shard);
  const requests = requestJourneysOf(scenario, target);
  const options = { target: urlTarget, shard, secretOf, environmentOf, dependencies, files, given, requests };
  const workload = new JourneyWorkload(scenario, options);
  return { workload, origins: workload.origins.map(originAt), redirects, tokens, files };
}
