import { machineKey } from '../../../shared/run/calibration';
import type { RunView } from '../../../shared/run/reducer';
import type { RunSummary } from '../../../shared/run/summary';
import { targetLabel } from '../../../shared/run/target';

/** The baseline of the run's scenario and target on its machine. Undefined when the run is itself the baseline. */
export function baselineOf({ run }: RunView, runs: readonly RunSummary[] | undefined): RunSummary | undefined {
  if (!run) return undefined;
  const [target, machine] = [targetLabel(run.target), machineKey(run.environment)];
  return runs?.find(
    (other) =>
      other.isBaseline &&
      other.id !== run.id &&
      other.scenarioId === run.scenario.id &&
      other.target === target &&
      other.machine === machine,
  );
}
