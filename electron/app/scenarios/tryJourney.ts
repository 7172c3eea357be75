import { mapErrorTexts, ProofloadError, toAppError } from '../../../shared/errors/appError';
import type { TargetInput } from '../../../shared/run/runInput';
import type { Journey } from '../../../shared/scenario/journeys';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestJourney } from '../../../shared/scenario/singleRequests';
import type { TriedJourney } from '../../../shared/scenario/triedJourney';
import { redactorOf } from '../../../shared/secrets/redactRun';
import { tryInProcess } from '../../hosting/tryProcess';
import type { WorkerHost } from '../../hosting/workerHost';
import type { HostGuard } from '../../hosts/hostGuard';
import { type SecretSource, secretsOfRun } from '../../secrets/secretSource';
import { orAborted } from '../../system/orAborted';
import { admitRun, prepareRun } from '../runs/prepareRun';
import { requireFiles } from './requireFiles';

/** What to try. */
export interface TryInput {
  scenario: Scenario;
  /** When it is left out, the URLs of the scenario's requests name the server. */
  target?: TargetInput | undefined;
  /**
   * The name of the journey, or of the request in a scenario with single requests. The first one when it is left out.
   */
  journey?: string | undefined;
  /** The folder of the scenario's file, to which the paths of its files are relative. */
  scenarioFolder?: string | undefined;
}

interface TryDependencies {
  workers: WorkerHost;
  hosts: HostGuard;
  secrets: SecretSource;
  now: Date;
}

/** The journeys of a scenario. A single request becomes a journey of one step. */
function journeysOf({ journeys, requests = [] }: Scenario): readonly Journey[] {
  if (journeys) return journeys;
  return requests.map((request) => {
    const { journey, rightStatuses } = requestJourney(request);
    const checks = [{ status: [...rightStatuses] }];
    return { ...journey, steps: journey.steps.map((step) => ({ ...step, checks })) };
  });
}

/**
 * The scenario with only one of its journeys, which one virtual user goes through once. Throws `usage` for a scenario
 * without requests of its own, and for an unknown name.
 */
export function singleJourney(scenario: Scenario, name: string | undefined): Scenario {
  const journeys = journeysOf(scenario);
  const [first] = journeys;
  if (!first)
    throw new ProofloadError(
      'usage',
      `the scenario ${scenario.id} sends no requests of its own, and there is no journey to try`,
      'try a scenario that has requests or journeys to a service of your own',
    );
  const chosen = name === undefined ? first : journeys.find((journey) => journey.name === name);
  if (!chosen)
    throw new ProofloadError(
      'usage',
      `the scenario ${scenario.id} has no journey ${name}`,
      `choose one of ${journeys.map((journey) => journey.name).join(', ')}`,
    );
  const { requests: _requests, ...others } = scenario;
  return {
    ...others,
    // A disabled journey that a user tries is enabled for the try.
    journeys: [{ ...chosen, disabled: undefined }],
    load: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '10m', gracefulStop: '0s' },
    warmup: '0s',
    processes: 1,
    thresholds: {},
  };
}

/**
 * Makes one virtual user go through a journey once. Resolves with everything that was sent and received, without
 * secrets. Nothing is saved. Rejects with `usage`, `data-invalid`, `secret-unknown`, `remote-not-allowed`, `load-failed`,
 * and with the reason of `signal` as soon as it aborts.
 */
export async function tryJourney(
  { scenario, target, journey, scenarioFolder }: TryInput,
  { workers, hosts, secrets, now }: TryDependencies,
  signal: AbortSignal,
): Promise<TriedJourney> {
  const prepared = prepareRun({ scenario: singleJourney(scenario, journey), target, scenarioFolder }, now);
  const redact = redactorOf(prepared);
  try {
    await requireFiles(prepared);
    const admitted = await orAborted(admitRun(prepared, hosts), signal);
    const { target: to, addresses, filesFolder, dataPaths = {} } = admitted;
    if (to.kind !== 'url') throw new RangeError('requests of their own go to a URL');
    const known = new Map(secretsOfRun(admitted, secrets));
    const loaded = { ...to, addresses, filesFolder };
    const command = { scenario: admitted.scenario, target: loaded, secrets: known, dataPaths };
    return await tryInProcess(workers, command, signal);
  } catch (thrown) {
    throw ProofloadError.of(mapErrorTexts(toAppError(thrown), redact));
  }
}
