import { isRequestStep } from '../../../shared/scenario/journeys';
import type { Scenario } from '../../../shared/scenario/schema';
import { requiredMs, timingOf } from '../../../shared/scenario/timing';
import { formatNumber } from '../../../shared/units/format';
import { meanVus, rampSteps } from '../../load/schedule/vuSteps';
import type { Check } from './facts';
import { peakUtilisation } from './generatorDelay';
import type { Subject } from './subject';

const littleTolerance = 0.05;
const leastResponseTimes = 20;
const leastRatio = 0.05;

/** The mean number of virtual users that a closed load asks for; undefined if it is not known. */
function askedUsers(scenario: Scenario): number | undefined {
  const { load } = scenario;
  if (load.executor === 'constant-vus') return load.vus;
  if (load.executor !== 'ramping-vus') return undefined;
  const { warmupMs, durationMs } = timingOf(scenario);
  const stages = load.stages.map(({ duration, target }) => ({ durationMs: requiredMs(duration), target }));
  return meanVus(rampSteps(load.startVUs, warmupMs, stages), warmupMs, warmupMs + durationMs);
}

/**
 * Little's law (Little 1961): in a closed load, throughput times mean response time is the number of virtual users that
 * wait for the target. The missing users spent their time in the generator. Otherwise, all users would have waited for
 * the target at once. For a busy target, response times would then have been longer by the same ratio. For a target
 * that is not busy, they would have been the same.
 */
export const littlesLaw: Check = ({ scenario, totals, measuredMs }) => {
  const { service, failed, errors } = totals;
  const users = askedUsers(scenario);
  const { durationMs } = timingOf(scenario);
  // Virtual users of journeys have think times, and not all of their waiting is for requests.
  if (scenario.journeys?.some(({ steps }) => steps.some((step) => !isRequestStep(step)))) return undefined;
  // Users that were stopped early were active for less time than planned.
  if (users === undefined || users === 0 || service.count === 0 || measuredMs < durationMs) return undefined;
  // Requests are cut off at both ends of the run. In a run with few requests, this decides the sum.
  if (durationMs < leastResponseTimes * (service.meanUs / 1000)) return undefined;
  // All requests that were sent within the duration, with their whole time, even if the last responses came after it.
  const timedOutMs = (errors.timeout ?? 0) * requiredMs(scenario.timeout);
  const busy = Math.min(users, ((service.count * service.meanUs) / 1000 + timedOutMs) / durationMs);
  const value = busy / users;
  const lost = failed > (errors.timeout ?? 0) ? ' Requests that failed at once are not counted.' : '';
  // How much time the users of a stage spent in the generator is not known. As a rule, it is no more than at its
  // busiest.
  const ratioOf = ({ isWhole }: Subject): number =>
    isWhole || scenario.load.executor === 'constant-vus'
      ? value
      : Math.min(value, Math.max(leastRatio, 1 - peakUtilisation(totals)));
  return {
    check: 'littles-law',
    value,
    limit: littleTolerance,
    unit: 'ratio',
    isNotable: Math.abs(1 - value) > littleTolerance,
    message: `Of ${formatNumber(users, 1)} virtual users ${formatNumber(busy, 1)} were waiting for the target on average; the others were in the generator.${lost}`,
    bounds: (subject) =>
      subject.kind === 'share' || value >= 1
        ? undefined
        : { low: subject.value, high: subject.value / ratioOf(subject) },
  };
};
