import type { TrustCheck } from '../../../shared/run/trustCheck';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { baseline } from './baseline';
import { drift, steadyState } from './change';
import { littlesLaw } from './closedLoop';
import type { Check, Finding, MeasurementFacts } from './facts';
import {
  generatorCpuLimit,
  generatorCpuWait,
  generatorGc,
  generatorUtilisation,
  rateWithinCalibration,
  sendLateness,
} from './generator';
import { generatorLimits } from './generatorLimits';
import { histogramResolution } from './histogramResolution';
import { judgeThreshold } from './judgeThreshold';
import { clockStep, otherLoad, realBackend, targetRestarted } from './otherLoad';
import { samples } from './sampling';
import { unanswered } from './unanswered';
import { unknownGenerator } from './unknownGenerator';

/** In the order of reading: a check that makes the others meaningless comes first. */
const checks: readonly Check[] = [
  realBackend,
  generatorLimits,
  unanswered,
  samples,
  unknownGenerator,
  histogramResolution,
  sendLateness,
  generatorUtilisation,
  littlesLaw,
  drift,
  steadyState,
  otherLoad,
  targetRestarted,
  rateWithinCalibration,
  generatorGc,
  generatorCpuWait,
  generatorCpuLimit,
  clockStep,
];

/** Checks of what Proofload's own generator reports about itself. Other tools do not report it. */
const ofOurGenerator: ReadonlySet<Check> = new Set([
  sendLateness,
  generatorUtilisation,
  rateWithinCalibration,
  generatorGc,
  generatorCpuWait,
  generatorCpuLimit,
]);

/** The result of a load: its thresholds, and what could have moved their values. */
export interface Judgement {
  thresholds: ThresholdResult[];
  trust: TrustCheck[];
}

function toTrustCheck(finding: Finding, isDecisive: boolean): TrustCheck {
  const { check, value, limit, unit, isNotable, message } = finding;
  return { check, value, limit, unit, ok: !isDecisive, isNotable: isNotable || isDecisive, message };
}

/**
 * Judges the results of thresholds by everything that could have moved their values. A check has `ok: false` only
 * if it keeps the run from a verdict. One threshold that is proven to fail decides the run, whatever the others may be.
 */
export function judgeMeasurement(results: readonly ThresholdResult[], facts: MeasurementFacts): Judgement {
  const { totals } = facts;
  const applicable = facts.driver ? checks.filter((check) => !ofOurGenerator.has(check)) : checks;
  const findings = applicable.flatMap((check) => check(facts) ?? []);
  const thresholds = results.map((result) => {
    const rule = totals.rules.find(
      ({ metric, expression }) => metric === result.metric && expression === result.expression,
    );
    return rule ? judgeThreshold(rule, result, findings, totals) : result;
  });
  const isOpen = thresholds.every(({ status }) => status !== 'failed');
  const decisive = new Set(
    thresholds.flatMap(({ doubts = [] }) => doubts.filter(({ isDecisive }) => isDecisive).map(({ check }) => check)),
  );
  const relative = baseline(thresholds);
  return {
    thresholds,
    trust: [
      ...findings.map((finding) => toTrustCheck(finding, isOpen && decisive.has(finding.check))),
      ...(relative ? [{ ...relative, ok: relative.ok || !isOpen }] : []),
    ],
  };
}
