import { ProofloadError, unwrap } from '../../../shared/errors/appError';
import { wireUrl } from '../../../shared/http/wireUrl';
import type { RemotePlace } from '../../../shared/run/driver';
import type { RunInput, TargetInput } from '../../../shared/run/runInput';
import type { Target } from '../../../shared/run/target';
import { loadSentence } from '../../../shared/scenario/describe';
import { applyOverrides, isOverridden, isShortened } from '../../../shared/scenario/overrides';
import type { Scenario } from '../../../shared/scenario/schema';
import { hasOwnRequests, requestsIn, withoutDisabled } from '../../../shared/scenario/steps';
import { hasRedacted } from '../../../shared/secrets/redactRun';
import { requireNotHere, requireRemote } from '../../drivers/remote/requireRemote';
import { requireDrivable } from '../../drivers/requireDrivable';
import type { HostGuard } from '../../hosts/hostGuard';
import type { RunRequest } from '../../run/runContract';
import { newRunId } from '../../run/runId';
import { isAlive } from '../../system/processes';
import { runFilesOf } from '../scenarios/runFiles';
import { checkEngine } from '../targets/engineChoice';
import { destinationsOf, requireServers } from '../targets/loadedHosts';
import { urlTarget } from '../targets/urlTarget';
import { requireTraceable } from './requireTraceable';
import { requireTransport } from './requireTransport';

/** A requested run with its scenario. */
export type FoundRunInput = RunInput & { scenario: Scenario };

/** Checks a chosen target. Throws `usage`. */
function parseTarget(target: TargetInput): Target {
  return target.kind === 'url' ? urlTarget(target) : checkEngine(target);
}

/**
 * The target of a scenario's own requests: the server of the first request with an absolute URL. Throws `usage` without
 * one.
 */
function targetOf(scenario: Scenario): Target {
  const absolute = requestsIn(scenario)?.find(({ url }) => /^https?:\/\//i.test(url));
  if (absolute) return urlTarget({ url: wireUrl(absolute.url).origin });
  throw new ProofloadError(
    'usage',
    'the requests of the scenario name no server',
    'name the server, or write the URLs in full',
    { details: { about: 'target-url' } },
  );
}

/** Checks that process ids are given only for an external target, and that these processes exist. Throws `usage`. */
function requireProcesses({ kind }: Target, pids: readonly number[]): void {
  if (pids.length > 0 && kind === 'engine')
    throw new ProofloadError(
      'usage',
      'processes can be named for a service of your own: those of the built-in service are known',
      'leave the processes out',
    );
  const gone = pids.find((pid) => !isAlive(pid));
  if (gone !== undefined)
    throw new ProofloadError(
      'usage',
      `there is no process ${gone}`,
      'give the process id of the target, as ps shows it',
    );
}

/**
 * Turns user input into a request that lacks only the addresses of hosts, the baseline and the gate. Throws `usage` for
 * contradictory input, and `data-invalid` for a missing data file.
 */
export function prepareRun(input: FoundRunInput, now: Date): RunRequest {
  const {
    scenario: written,
    target: chosen,
    takesProfile,
    baseline,
    targetPids,
    port,
    scenarioFolder,
    tool,
    ...overrides
  } = input;
  const scenario = withoutDisabled(written);
  const changed = unwrap(applyOverrides(scenario, overrides));
  const target = chosen ? parseTarget(chosen) : targetOf(changed);
  if (target.kind === 'engine' && hasOwnRequests(changed)) {
    throw new ProofloadError(
      'usage',
      `the scenario ${scenario.id} has requests of its own, which the built-in service does not know`,
      'choose no engine, and name the server if the requests do not',
      { details: { about: 'target-url' } },
    );
  }
  if (target.kind === 'url' && target.redirects !== undefined && hasOwnRequests(changed))
    throw new ProofloadError(
      'usage',
      `the scenario ${scenario.id} has requests of its own, which say themselves how many redirects are followed`,
      'write "redirects": 5 into those whose redirects are to be followed',
    );
  if (hasRedacted({ scenario: changed, target }))
    throw new ProofloadError(
      'usage',
      'this comes from a saved run, in which *** replaces the secrets',
      'type the secrets again, or better refer to them by name, as {{secret.API_TOKEN}}',
    );
  requireProcesses(target, targetPids ?? []);
  requireServers(changed, target);
  requireTraceable(changed, target);
  requireTransport(changed, target);
  if (tool) requireDrivable(tool.tool, changed, target);
  if (tool) requireRemote(tool, changed, target);
  return {
    id: newRunId(now),
    scenario: changed,
    target,
    shortened: isShortened(scenario, changed),
    overridden: isOverridden(scenario, changed, overrides),
    takesProfile: takesProfile === true && target.kind === 'engine',
    port: port ?? 0,
    targetPids,
    ...runFilesOf({ scenario: changed, target }, scenarioFolder),
  };
}

/**
 * The request with the addresses of its hosts. A load that is made elsewhere can't go to this machine. Rejects as
 * {@link HostGuard.admit} does, and with `usage`.
 */
export async function admitRun<Request extends RunRequest>(
  request: Request,
  hosts: HostGuard,
  place?: RemotePlace,
): Promise<Request> {
  const { scenario, target } = request;
  const addresses = await hosts.admit(destinationsOf(scenario, target), loadSentence(scenario));
  if (place !== undefined) requireNotHere(place, addresses);
  return { ...request, addresses };
}
