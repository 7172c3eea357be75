import { machineDifferences } from '../../../shared/comparison/guard';
import { ProofloadError } from '../../../shared/errors/appError';
import type { Environment, RunDocument } from '../../../shared/run/document';
import { targetLabel } from '../../../shared/run/target';
import type { Scenario } from '../../../shared/scenario/schema';
import { redactScenario } from '../../../shared/secrets/redactRun';
import type { BaselineCaveats } from '../../measure/baseline';
import type { RunRequest } from '../../run/runContract';

/** A run that will be compared with a baseline. */
export type RunToHold = Pick<RunRequest, 'scenario' | 'target'> & { environment: Environment };

/** What determines the metrics of a run, besides its length and its seed. */
function workOf(scenario: Scenario): string {
  // A saved run has no secrets, but a new one still has them.
  const { load, operations, requests, data, dataFiles, dataset, keys, cache } = redactScenario(scenario);
  const targets = 'stages' in load ? load.stages.map(({ target }) => target) : undefined;
  const anyLength = { ...load, duration: undefined, maxDuration: undefined, stages: targets };
  return JSON.stringify([anyLength, operations, requests, data.length, dataFiles, dataset, keys, cache]);
}

function unfitBaseline(id: string, why: string): ProofloadError {
  return new ProofloadError('usage', `run ${id} can't be a baseline: ${why}`, 'choose another run as the baseline', {
    details: { about: 'baseline' },
  });
}

/**
 * The caveats of a baseline before a run is compared with it. A baseline from another machine, or one on battery, is
 * shown but decides nothing. Throws `usage` for a baseline that proves nothing itself (inconclusive or not completed),
 * and for one of another scenario.
 */
export function caveatsOf(document: RunDocument, run: RunToHold): BaselineCaveats {
  const { id, verdict, reason, scenario, target, environment } = document;
  if (verdict === 'inconclusive') throw unfitBaseline(id, 'it is inconclusive');
  if (verdict === 'aborted' || verdict === 'interrupted') throw unfitBaseline(id, reason ?? 'it did not complete');
  if (scenario.id !== run.scenario.id) throw unfitBaseline(id, `it ran ${scenario.id}, and this is ${run.scenario.id}`);
  const machine = machineDifferences(environment, run.environment);
  const onBattery = environment.power === 'battery' || run.environment.power === 'battery';
  const doubts = [
    ...(machine.length > 0 ? [`the baseline was made on another machine: ${machine.join('; ')}.`] : []),
    ...(onBattery ? ['the baseline or this run was made on battery, where processors change their speed.'] : []),
    ...(workOf(scenario) === workOf(run.scenario) ? [] : ['the baseline ran another load, mix, data or cache.']),
  ];
  const [own, other] = [targetLabel(run.target), targetLabel(target)];
  return {
    warnings: [
      ...doubts.map((doubt) => `no threshold relative to the baseline can be decided: ${doubt}`),
      ...(own === other ? [] : [`the baseline is a run of another target: ${other}, and this is ${own}.`]),
    ],
    doubt: doubts[0],
  };
}
