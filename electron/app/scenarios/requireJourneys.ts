import { ProofloadError } from '../../../shared/errors/appError';
import { environmentVariable } from '../../../shared/scenario/environment';
import { lifecycleJourneys } from '../../../shared/scenario/lifecycle';
import { textsOf } from '../../../shared/scenario/requests';
import { requestsIn } from '../../../shared/scenario/steps';
import { environmentNamesIn } from '../../../shared/scenario/template';
import { wholeLoad } from '../../load/schedule/shard';
import { noDependencies } from '../../load/workload/requestText';
import type { RunRequest } from '../../run/runContract';

/**
 * Checks, before anything is sent, that the journeys of a run can be made. Rejects with `usage` for a check or an
 * extraction that can't be compiled, and for a variable that the environment does not have.
 */
export async function requireJourneys(
  { scenario, target }: Pick<RunRequest, 'scenario' | 'target'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (!scenario.journeys || target.kind !== 'url') return;
  const names = new Set((requestsIn(scenario) ?? []).flatMap(textsOf).flatMap(environmentNamesIn));
  const missing = [...names].map(environmentVariable).filter((variable) => env[variable] === undefined);
  if (missing.length > 0)
    throw new ProofloadError(
      'usage',
      `the scenario needs the environment ${missing.length === 1 ? 'variable' : 'variables'} ${missing.join(', ')}`,
      'set what is named before Proofload is started',
    );
  // Loaded on demand, because other runs don't need it.
  const { JourneyWorkload } = await import('../../load/journey/journeyWorkload');
  const options = {
    target,
    shard: wholeLoad,
    secretOf: () => undefined,
    environmentOf: () => undefined,
    // requireBodyFiles.ts has already checked the files, and the load process gets the tokens.
    dependencies: noDependencies,
  };
  void new JourneyWorkload(scenario, options);
  const others = lifecycleJourneys(scenario);
  if (others.length > 0) void new JourneyWorkload({ ...scenario, journeys: others }, options);
}
