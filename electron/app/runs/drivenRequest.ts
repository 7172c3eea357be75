import { ProofloadError } from '../../../shared/errors/appError';
import { type DrivenLoad, drivenLoad } from '../../drivers/drivenLoad';
import type { RunRequest } from '../../run/runContract';
import { type SecretSource, secretsOfRun } from '../../secrets/secretSource';

/**
 * The load of a request that another tool makes, without the setup of the scenario. Throws `secret-unknown`, and `usage`
 * for what no tool can make.
 */
export function drivenRequest(request: RunRequest, source: SecretSource): DrivenLoad {
  const { scenario, target, addresses, filesFolder } = request;
  if (target.kind !== 'url')
    throw new ProofloadError(
      'usage',
      'the built-in service listens on this machine only',
      'load a service of your own that can be reached from there',
    );
  return drivenLoad({
    scenario,
    target: { ...target, addresses, filesFolder },
    secrets: secretsOfRun(request, source),
    inputs: { dataPaths: {}, given: {} },
  });
}
