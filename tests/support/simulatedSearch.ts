import { Exchange } from '../../electron/load/http/exchange';
import { Recorder } from '../../electron/load/recorder';
import { Measurement } from '../../electron/measure/measurement';
import { type Measured, runCapacitySearch } from '../../electron/run/capacity/runSearch';
import type { Capacity } from '../../shared/run/capacity';
import type { Target } from '../../shared/run/target';
import { type PlainLoad, type Scenario, scenarioSchema } from '../../shared/scenario/schema';
import { timingOf } from '../../shared/scenario/timing';
import { httpResponse, loadTick, plainWorkload } from './factories';
import { type SimulatedLoad, type SimulatedRequest, type SimulatedService, simulateLoad } from './simulatedService';

const target: Target = { kind: 'url', url: 'http://127.0.0.1:1/', method: 'GET', headers: [] };
/** A tick has the number of its quarter second; for speed there is only the last of each second. */
const ticksPerSecond = 4;
/** What it takes to open the connections of a load and to tell all processes of it. */
const preparationMs = 150;

const byNumber = (a: number, b: number): number => a - b;

/** Hands over, one after the other, the items that come before a time; they are in the order of their times. */
function upTo<T>(items: readonly T[], timeOf: (item: T) => number): (untilMs: number) => T[] {
  let next = 0;
  return (untilMs) => {
    const from = next;
    for (let item = items[next]; item !== undefined && timeOf(item) < untilMs; item = items[next]) next += 1;
    return items.slice(from, next);
  };
}

/** Shows a load to a measurement as a load process would, in ticks; returns when its last answer came. */
function measure(measurement: Measurement, scenario: Scenario, { requests, dropped }: SimulatedLoad): number {
  const { warmupMs, durationMs, gracefulStopMs } = timingOf(scenario);
  const totalMs = warmupMs + durationMs;
  const patienceMs = totalMs + gracefulStopMs;
  const isOpen = scenario.load.executor === 'constant-arrival-rate';
  const recorder = new Recorder(warmupMs);
  const exchange = new Exchange(() => {});
  const settle = ({ intendedMs, sentMs, endedMs, failed }: SimulatedRequest): void => {
    exchange.begin(plainWorkload.next(), intendedMs, sentMs);
    exchange.writtenMs = sentMs;
    exchange.endedMs = Math.min(endedMs, patienceMs);
    exchange.firstByteMs = exchange.endedMs;
    exchange.response = httpResponse();
    recorder.completed(exchange, endedMs > patienceMs ? 'not-finished' : failed ? 'status-500' : undefined);
  };
  const endOf = ({ endedMs }: SimulatedRequest): number => Math.min(endedMs, patienceMs);
  const lastMs = Math.max(0, ...requests.map(endOf));
  const sends = upTo(
    [...requests].sort((a, b) => a.sentMs - b.sentMs),
    ({ sentMs }) => sentMs,
  );
  const ends = upTo(
    [...requests].sort((a, b) => a.endedMs - b.endedMs),
    endOf,
  );
  const intended = [...requests.map(({ intendedMs }) => intendedMs), ...dropped].sort(byNumber);
  const asked = upTo(intended, (intendedMs) => intendedMs);
  for (const intendedMs of dropped) recorder.dropped(intendedMs);
  let untilMs = 0;
  for (let second = 0; untilMs <= Math.max(totalMs, lastMs); second += 1) {
    untilMs = warmupMs + second * 1000;
    for (const { intendedMs, sentMs } of sends(untilMs)) recorder.sent(intendedMs, sentMs);
    ends(untilMs).forEach(settle);
    const warmup = second === 0;
    const askedFor = asked(untilMs).length;
    const counts = { ...recorder.flush(warmup), asked: isOpen ? askedFor : null, inFlight: recorder.inFlight };
    const time = { index: second * ticksPerSecond, durationMs: 1000, elapsedMs: untilMs };
    measurement.addTick(loadTick({ ...time, warmup, ...counts }));
  }
  measurement.finish();
  return Math.max(durationMs, lastMs - warmupMs);
}

/** A scenario that searches a capacity. */
export function searchScenario(thresholds: Scenario['thresholds'], arrivals: 'even' | 'poisson' = 'even'): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'search',
    name: 'Search',
    load: { executor: 'capacity-search', arrivals },
    thresholds,
  });
}

/** Searches the capacity of a simulated service on a clock that is moved by what each load takes. */
export async function searchSimulated(
  service: SimulatedService,
  scenario: Scenario,
): Promise<{ capacity: Capacity; elapsedMs: number }> {
  const { load: search } = scenario;
  if (search.executor !== 'capacity-search') throw new Error('the scenario does not search a capacity');
  let nowMs = 0;
  const makeLoad = (load: PlainLoad, warmupMs: number): Promise<Measured> => {
    const loaded = { ...scenario, load, warmup: `${warmupMs}ms` };
    const measurement = new Measurement(loaded, target);
    const measuredMs = measure(measurement, loaded, simulateLoad(service, load, warmupMs));
    nowMs += preparationMs + warmupMs + measuredMs;
    return Promise.resolve({ measurement, end: { measuredMs, answeredMs: measuredMs, fault: undefined }, seconds: [] });
  };
  const { capacity } = await runCapacitySearch({
    scenario,
    search,
    target,
    nowMs: () => nowMs,
    makeLoad,
    onStep: () => {},
  });
  return { capacity, elapsedMs: nowMs };
}
