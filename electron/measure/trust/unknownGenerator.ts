import { toolNames } from '../../../shared/run/driver';
import { type Bounds, type Check, hasSchedule, type MeasurementFacts, shareOf } from './facts';
import type { Subject } from './subject';

/**
 * The number of figures that other tools do not report: send lateness, utilisation, pauses and waits for a processor.
 */
const unknownFigures = 4;

/** In k6, a failed check does not make its request fail. Each failed check may have been one more failed request. */
function withFailedChecks(subject: Subject, { driver, totals }: MeasurementFacts): Bounds | undefined {
  if (driver !== 'k6' || subject.kind !== 'share' || subject.rule.threshold.metric !== 'http_req_failed')
    return undefined;
  const checks = totals.journeys.checks(subject.rule.threshold);
  const { count, of } = subject.cases;
  return { low: subject.value, high: Math.min(1, shareOf(count + checks.of - checks.count, of)) };
}

/**
 * Whether another tool generated the load, which does not report how late it sent. With a schedule, a response time
 * that counts from the actual send is the minimum of the true one, and nothing bounds the true one from above. Users
 * that wait for responses have no schedule to be late for, so in a closed load no response time is moved.
 */
export const unknownGenerator: Check = (facts) => {
  const { driver } = facts;
  if (!driver) return undefined;
  const name = toolNames[driver];
  const isOpen = hasSchedule(facts);
  return {
    check: 'generator-unknown',
    value: unknownFigures,
    limit: 0,
    unit: 'figures',
    isNotable: true,
    opensLatencies: isOpen,
    message: `${name} generated the load. It does not report how late it sent, how busy it was, and how long it paused or waited for a processor. Response times count from the actual send.`,
    bounds: (subject) => {
      if (subject.kind === 'share') return withFailedChecks(subject, facts);
      return isOpen ? { low: subject.value, high: Number.POSITIVE_INFINITY } : undefined;
    },
  };
};
