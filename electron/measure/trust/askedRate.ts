import { isOpen } from '../../../shared/scenario/describe';
import { type LoadPoint, loadCurve } from '../../../shared/scenario/loadCurve';
import type { Scenario, ScenarioPart } from '../../../shared/scenario/schema';
import { requestsPerIteration } from '../../../shared/scenario/steps';
import { peakRate, requiredMs } from '../../../shared/scenario/timing';

/** The rate at a time between two points of a curve; 0 before the first and after the last. */
function rateAt(points: readonly LoadPoint[], t: number): number {
  const next = points.findIndex((point) => point.t > t);
  const [before, after] = [points[next - 1], points[next]];
  if (!before || !after) return 0;
  return before.value + ((after.value - before.value) * (t - before.t)) / (after.t - before.t);
}

/** The highest sum of several curves. Curves that only touch, where one ends and the next begins, are not added up. */
function peakOfSum(curves: readonly (readonly LoadPoint[])[]): number {
  const times = [...new Set(curves.flatMap((points) => points.map(({ t }) => t)))].sort((a, b) => a - b);
  const peaks = times.slice(1).map((end, index) => {
    const start = times[index] ?? 0;
    const sumAt = (share: number): number =>
      curves.reduce((sum, points) => sum + rateAt(points, start + share * (end - start)), 0);
    // The sum is a straight line between two points, so that two values in between tell those at its ends.
    const [first, second] = [sumAt(1 / 3), sumAt(2 / 3)];
    return Math.max(2 * first - second, 2 * second - first);
  });
  return Math.max(0, ...peaks);
}

/** The requests per second over time that one of several scenarios asks for. */
function requestCurve(part: ScenarioPart, journeys: NonNullable<Scenario['journeys']>): LoadPoint[] {
  const own = journeys.filter(({ name }) => part.journeys.includes(name));
  const startS = requiredMs(part.startTime) / 1_000;
  const requests = requestsPerIteration({ journeys: own });
  return loadCurve(part).points.map(({ t, value }) => ({ t: startS + t, value: value * requests }));
}

/**
 * Returns the highest number of requests per second that the schedules of a scenario ask for. Undefined where it has
 * none, because virtual users ask for as much as the target answers. Beside virtual users, it is what the schedules ask
 * for alone.
 */
export function askedRate(scenario: Scenario): number | undefined {
  const { load, journeys = [] } = scenario;
  if (load.executor !== 'scenarios') return isOpen(load) ? peakRate(load) * requestsPerIteration(scenario) : undefined;
  const open = load.scenarios.filter((part) => isOpen(part));
  return open.length === 0 ? undefined : peakOfSum(open.map((part) => requestCurve(part, journeys)));
}
