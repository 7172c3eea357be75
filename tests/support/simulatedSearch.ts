import { Exchange } from '../../electron/load/http/exchange';
import { Recorder } from '../../electron/load/recorder';
import { type Measured, runCapacitySearch } from '../../electron/run/capacity/runSearch';
import { Measurement } from '../../electron/run/measurement';
import type { Capacity } from '../../shared/run/capacity';
import type { Target } from '../../shared/run/target';
import { type PlainLoad, type Scenario, scenarioSchema } from '../../shared/scenario/schema';
import { timingOf } from '../../shared/scenario/timing';
import { httpResponse, loadTick, plainWorkload } from './factories';
import { type SimulatedLoad, type SimulatedService, simulateLoad } from './simulatedService';

const target: Target = { kind: 'url', url: 'http://127.0.0.1:1/', method: 'GET', headers: [] };
const tickMs = 250;
/** What it takes to open the connections of a load and to tell all processes of it. */
const preparationMs = 150;

/** Shows a load to a measurement as a load process would, in ticks; returns when its last answer came. */
function measure(measurement: Measurement, scenario: Scenario, { requests, dropped }: SimulatedLoad): number {
  const { warmupMs, durationMs, gracefulStopMs } = timingOf(scenario);
  const totalMs = warmupMs + durationMs;
  const patienceMs = totalMs + gracefulStopMs;
  const isOpen = scenario.load.executor === 'constant-arrival-rate';
  const recorder = new Recorder(warmupMs);
  const response = httpResponse();
  const exchange = new Exchange(() => {});
  const bySend = [...requests].sort((a, b) => a.sentMs - b.sentMs);
  const byEnd = [...requests].sort((a, b) => a.endedMs - b.endedMs);
  const intended = [...requests.map(({ intendedMs }) => intendedMs), ...dropped].sort((a, b) => a - b);
  for (const intendedMs of dropped) recorder.dropped(intendedMs);
  const lastMs = Math.min(byEnd.at(-1)?.endedMs ?? 0, patienceMs);
  const measuredMs = Math.max(durationMs, lastMs - warmupMs);
  let [sends, ends, asked] = [0, 0, 0];
  for (let index = Math.ceil(-warmupMs / tickMs) + 1; ; index += 1) {
    const untilMs = warmupMs + index * tickMs;
    for (let request = bySend[sends]; request && request.sentMs < untilMs; request = bySend[sends]) {
      recorder.sent(request.intendedMs, request.sentMs);
      sends += 1;
    }
    for (let request = byEnd[ends]; request && Math.min(request.endedMs, patienceMs) < untilMs; request = byEnd[ends]) {
      const isLate = request.endedMs > patienceMs;
      exchange.begin(plainWorkload.next(), request.intendedMs, request.sentMs);
      exchange.writtenMs = request.sentMs;
      exchange.endedMs = Math.min(request.endedMs, patienceMs);
      exchange.firstByteMs = exchange.endedMs;
      exchange.response = response;
      recorder.completed(exchange, isLate ? 'not-finished' : request.failed ? 'status-500' : undefined);
      ends += 1;
    }
    const askedBefore = asked;
    while ((intended[asked] ?? Number.POSITIVE_INFINITY) < untilMs) asked += 1;
    const warmup = index <= 0;
    measurement.addTick(
      loadTick({
        index,
        warmup,
        elapsedMs: untilMs,
        ...recorder.flush(warmup),
        asked: isOpen ? asked - askedBefore : null,
        inFlight: recorder.inFlight,
      }),
    );
    if (ends === byEnd.length && untilMs >= totalMs) break;
  }
  measurement.finish();
  return measuredMs;
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
    const measurement = new Measurement(loaded, target, { onTick: () => {}, onSecond: () => {} });
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
