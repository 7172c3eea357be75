import { ProofloadError } from '../../../shared/errors/appError';
import type { ToolChoice } from '../../../shared/run/runInput';
import { planOf } from '../../drivers/remote/planOf';
import { describeCommands, describePlan } from '../../drivers/remote/remotePlan';
import type { RunRequest } from '../../run/runContract';
import type { SecretSource } from '../../secrets/secretSource';
import { drivenRequest } from './drivenRequest';

/** A load elsewhere, before anything of it is done. */
export interface PlannedRemote {
  /** The text of its files by name. None has a secret. */
  files: Readonly<Record<string, string>>;
  /** Files, commands and differences, to read. */
  text: string;
  /** The commands, as they are typed in a shell in the folder of the files. */
  commands: string;
  differences: readonly string[];
  /** Whether the files are complete: without a setup, whose variables are known only while it is applied. */
  isComplete: boolean;
}

/** The plan of an admitted request. Throws `secret-unknown`, and `usage` for a load that is made on this machine. */
export function planRemote(request: RunRequest, tool: ToolChoice | undefined, source: SecretSource): PlannedRemote {
  if (tool?.on === undefined) throw new ProofloadError('usage', 'the load runs on this machine', 'name another place');
  const plan = planOf(drivenRequest(request, source), tool.on, request.id);
  return {
    files: plan.files,
    text: describePlan(plan),
    commands: describeCommands(plan),
    differences: plan.differences,
    isComplete: request.scenario.setup === undefined,
  };
}
