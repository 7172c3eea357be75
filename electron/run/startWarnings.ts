import { formatRate } from '../../shared/units/format';
import type { MeasuringMachine } from '../measure/trust/facts';
import { calibratedDemand } from '../measure/trust/generator';
import type { RunRequest } from './runContract';

/** What a user must know about a run before its load begins. */
export function startWarnings({ gate, baseline, scenario }: RunRequest, machine: MeasuringMachine): string[] {
  const demand = calibratedDemand(scenario, machine);
  return [
    ...(gate?.open === false ? [`this level is locked, and runs all the same: ${gate.reason}`] : []),
    ...(baseline?.caveats.warnings ?? []),
    ...(demand && demand.rate > demand.limit
      ? [
          `the scenario asks for ${formatRate(demand.rate)}, and this machine was calibrated to send up to ${formatRate(demand.limit)} on time: requests may be sent late`,
        ]
      : []),
  ];
}
