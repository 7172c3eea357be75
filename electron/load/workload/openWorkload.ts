import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import { environmentVariable } from '../../../shared/scenario/environment';
import type { Scenario } from '../../../shared/scenario/schema';
import { sendsSingleRequests } from '../../../shared/scenario/steps';
import type { EnvironmentOf, SecretOf } from '../../../shared/scenario/template';
import type { Secrets } from '../../../shared/secrets/conceal';
import { TokenSources } from '../auth/tokenSources';
import { bodyFiles } from '../body/bodyFiles';
import { timerClock } from '../clock';
import { type Origin, originIn, originOf, readTls } from '../http/origin';
import type { RedirectMeans } from '../http/redirectOrigins';
import { JourneyWorkload } from '../journey/journeyWorkload';
import type { LoadTarget } from '../protocol';
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
  /** Undefined where no redirect is followed. */
  redirects: RedirectMeans | undefined;
  /** The tokens that requests are sent with; undefined for the document service. */
  tokens: TokenSources | undefined;
  /** Undefined where nothing is known about the answers. */
  ledger: Ledger | undefined;
}

/**
 * The workload of a target. Throws `usage` when a TLS file or a file to be sent cannot be read or a step can't be
 * compiled, and `remote-not-allowed` for a host that was not admitted.
 */
export function openWorkload(scenario: Scenario, target: LoadTarget, shard: Shard, secrets: Secrets): OpenedWorkload {
  if (target.kind === 'documents') {
    const url = wireUrl(target.origin);
    const workload = new DocumentWorkload(scenario, url.host, shard);
    return { workload, origins: [originOf(url)], redirects: undefined, tokens: undefined, ledger: workload.ledger };
  }
  const { addresses, filesFolder, ...urlTarget } = target;
  const secretOf: SecretOf = (name) => secrets.get(name);
  const environmentOf: EnvironmentOf = (name) => process.env[environmentVariable(name)];
  const tls = readTls(target.tls);
  const originAt = (url: WireUrl): Origin => originIn(url, target, addresses ?? {}, tls);
  const tokens = new TokenSources({ target, secretOf, originAt, clock: timerClock });
  const means = { fileOf: bodyFiles(filesFolder), tokenOf: tokens.tokenOf };
  const single = scenario.journeys ? singleSteps : requestsOf;
  const workload = sendsSingleRequests(scenario)
    ? new RequestWorkload(single(scenario, urlTarget, secretOf), scenario, shard, secretOf, means)
    : new JourneyWorkload(scenario, { target: urlTarget, shard, secretOf, environmentOf, means });
  const origins = workload.origins.map(originAt);
  return { workload, origins, redirects: { addresses: addresses ?? {}, tls }, tokens, ledger: undefined };
}
