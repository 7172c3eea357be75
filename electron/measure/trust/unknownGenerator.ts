import { toolNames } from '../../../shared/run/driver';
import { type Bounds, type Check, hasSchedule, type MeasurementFacts, shareOf } from './facts';
import type { Subject } from './subject';

/** What other tools leave open: the lateness of their sends, how busy they were, their pauses, their waits for a processor. */
const unknownFigures = 4;

/** k6 fails no request for a check that fails: each may have been one more. */
function withFailedChecks(subject: Subject, { driver, totals }: MeasurementFacts): Bounds | undefined {
  if (driver !== 'k6' || subject.kind !== 'share' || subject.rule.threshold.metric !== 'http_req_failed')
    return undefined;
  const checks = totals.journeys.checks(subject.rule.threshold);
  const { count, of } = subject.cases;
  return { low: subject.value, high: Math.min(1, shareOf(count + checks.of - checks.count, of)) };
}

/**
 * Whether another tool made the load, which does not tell how late it sent. With a schedule, a response time that counts
 * from the actual send is the least that the true one can be, and nothing bounds it from above. Users that wait for
 * answers have no schedule to be late for: there it moves no response time.
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
    message: `${name} made the load. It does not tell how late it sent, how busy it was, how long it paused or waited for a processor: response times count from the actual send.`,
    bounds: (subject) => {
      if (subject.kind === 'share') return withFailedChecks(subject, facts);
      return isOpen ? { low: subject.value, high: Number.POSITIVE_INFINITY } : undefined;
    },
  };
};
