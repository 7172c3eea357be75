import { ProofloadError } from '../../../shared/errors/appError';
import { timingOf } from '../../../shared/scenario/timing';
import type { DrivenLoad } from '../../drivers/drivenLoad';
import type { RunRequest } from '../../run/runContract';
import { type SecretSource, secretsOfRun } from '../../secrets/secretSource';

/**
 * The load of a request that another tool makes, without the setup of the scenario. Throws `secret-unknown`, and `usage`
 * for what no tool can make.
 */
export function drivenRequest(request: RunRequest, source: SecretSource): DrivenLoad {
  const { scenario, target, addresses, filesFolder } = request;
  const { load, processes } = scenario;
  if (target.kind !== 'url' || load.executor === 'capacity-search' || load.executor === 'scenarios')
    throw new ProofloadError('usage', 'another tool can not make this load', 'name a service of your own and a load');
  return {
    scenario,
    load,
    warmupMs: timingOf(scenario).warmupMs,
    processes,
    target: { ...target, addresses, filesFolder },
    secrets: secretsOfRun(request, source),
    inputs: { dataPaths: {}, given: {} },
  };
}
