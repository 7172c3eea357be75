import type { TrustCheck } from '../../../shared/run/trustCheck';
import { baseline } from './baseline';
import type { Check, MeasurementFacts } from './facts';
import {
  generatorCpuLimit,
  generatorCpuWait,
  generatorGc,
  generatorUtilisation,
  rateWithinCalibration,
} from './generator';
import { achievedRate, droppedIterations, sendLateness } from './schedule';
import { drift, littlesLaw, samples, steadyState } from './statistics';
import { clockStep, otherLoad, realBackend, targetRestarted } from './surroundings';

/** In the order in which a person reads them: what makes the others meaningless comes first. */
const checks: readonly Check[] = [
  realBackend,
  sendLateness,
  achievedRate,
  droppedIterations,
  rateWithinCalibration,
  generatorUtilisation,
  generatorGc,
  generatorCpuWait,
  generatorCpuLimit,
  otherLoad,
  clockStep,
  targetRestarted,
  samples,
  steadyState,
  drift,
  littlesLaw,
  baseline,
];

/** The tests of a finished measurement, those that apply to it. */
export function checkTrust(facts: MeasurementFacts): TrustCheck[] {
  return checks.flatMap((check) => check(facts) ?? []);
}
