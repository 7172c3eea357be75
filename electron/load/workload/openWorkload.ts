import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import { environmentVariable } from '../../../shared/scenario/environment';
import type { Scenario } from '../../../shared/scenario/schema';
import { sendsSingleRequests } from '../../../shared/scenario/steps';
import type { EnvironmentOf, SecretOf } from '../../../shared/scenario/template';
import type { Secrets } from '../../../shared/secrets/conceal';
import { type Origin, originOf, readTls } from '../http/origin';
import { JourneyWorkload } from '../journey/journeyWorkload';
import type { LoadTarget, UrlLoadTarget } from '../protocol';
import type { Shard } from '../schedule/shard';
import { DocumentWorkload } from './documentWorkload';
import type { Ledger } from './ledger';
import { RequestWorkload, requestsOf, singleSteps } from './requestWorkload';
import type { Workload } from './workload';

/** A workload, where it goes, and what it remembers. */
export interface OpenedWorkload {
  /** Single requests, or journeys. */
  workload: Workload | JourneyWorkload;
  /** At least one. */
  origins: readonly Origin[];
  /** Undefined where nothing is known about the answers. */
  ledger: Ledger | undefined;
}

/**
 * The workload of a target. Throws `usage` when a TLS file cannot be read or a step can't be compiled, and `remote-not-allowed` for a host that was
 * not admitted.
 */
export function openWorkload(scenario: Scenario, target: LoadTarget, shard: Shard, secrets: Secrets): OpenedWorkload {
  if (target.kind === 'documents') {
    const url = wireUrl(target.origin);
    const workload = new DocumentWorkload(scenario, url.host, shard);
    return { workload, origins: [originOf(url)], ledger: workload.ledger };
  }
  if (!sendsSingleRequests(scenario)) return { ...openJourneys(scenario, target, shard, secrets), ledger: undefined };
  const { addresses: _addresses, ...urlTarget } = target;
  const secretOf: SecretOf = (name) => secrets.get(name);
  const single = scenario.journeys ? singleSteps : requestsOf;
  const workload = new RequestWorkload(single(scenario, urlTarget, secretOf), scenario, shard, secretOf);
  return { workload, origins: originsOf(workload.origins, target), ledger: undefined };
}

/**
 * The journeys of a scenario, also those that a run would send as single requests. Throws as {@link openWorkload}.
 */
export function openJourneys(
  scenario: Scenario,
  target: UrlLoadTarget,
  shard: Shard,
  secrets: Secrets,
): { workload: JourneyWorkload; origins: readonly Origin[] } {
  const { addresses: _addresses, ...urlTarget } = target;
  const secretOf: SecretOf = (name) => secrets.get(name);
  const environmentOf: EnvironmentOf = (name) => process.env[environmentVariable(name)];
  const workload = new JourneyWorkload(scenario, { target: urlTarget, shard, secretOf, environmentOf });
  return { workload, origins: originsOf(workload.origins, target) };
}

function originsOf(urls: readonly WireUrl[], { addresses, tls }: UrlLoadTarget): readonly Origin[] {
  const settings = readTls(tls);
  return urls.map((url) => originOf(url, addresses, settings));
}
