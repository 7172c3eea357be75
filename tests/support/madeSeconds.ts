import { latencyCountsOf } from '../../shared/run/latencyCounts';
import type { RunInterval } from '../../shared/run/metrics';
import { type Scenario, scenarioSchema } from '../../shared/scenario/schema';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { toMs } from '../../shared/statistics/latencySummary';
import { type Random, seededStream } from '../../shared/statistics/random';
import { runInterval } from './factories';

/** Used for one second after the other: making one costs more than filling it. */
const response = new LatencyHistogram();

/** A second of a run with requests that took so long, in ms. */
export function madeSecond(
  t: number,
  latenciesMs: readonly number[],
  overrides: Partial<RunInterval> = {},
): RunInterval {
  response.reset();
  for (const latencyMs of latenciesMs) response.record(latencyMs * 1_000);
  const percentile = (rank: number): number | null =>
    latenciesMs.length === 0 ? null : toMs(response.percentileUs(rank));
  const count = latenciesMs.length + (overrides.failed ?? 0);
  return runInterval({
    t,
    count,
    rate: count,
    sent: count,
    asked: count,
    p50: percentile(50),
    p95: percentile(95),
    p99: percentile(99),
    max: latenciesMs.length === 0 ? null : toMs(response.maxUs),
    latencyCounts: latencyCountsOf(response),
    ...overrides,
  });
}

/** Latencies of a second, in ms. */
export type Draw = (random: Random, t: number) => number[];

/** As many requests, each drawn by itself. */
export function alike(count: number, latencyMs: (random: Random) => number): Draw {
  return (random) => Array.from({ length: count }, () => latencyMs(random));
}

/** Standard normal (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** What a quiet service on a quiet machine answers like: 0.3 ms, and 1.9 ms at P99. */
export const quiet = alike(200, (random) => 0.3 * Math.exp(0.8 * normal(random)));

/** The seconds of a run, each from a stream of random numbers of its own, so that one that is changed changes no other. */
export function madeRun(
  seconds: number,
  draw: Draw,
  changed: Readonly<Record<number, (latenciesMs: number[]) => RunInterval>> = {},
  seed = 1,
): RunInterval[] {
  return Array.from({ length: seconds }, (_, place) => {
    const t = place + 1;
    const latenciesMs = draw(seededStream(seed, `second ${t}`), t);
    return changed[t]?.(latenciesMs) ?? madeSecond(t, latenciesMs);
  });
}

/** Requests that come while something stands still for so long wait for its end, evenly spread. */
export function withPause(latenciesMs: readonly number[], pauseMs: number): number[] {
  const waiting = Math.round((latenciesMs.length * pauseMs) / 1_000);
  return latenciesMs.map((latencyMs, place) =>
    place < waiting ? latencyMs + pauseMs * (1 - place / waiting) : latencyMs,
  );
}

/** What moments are found in: seconds under a steady load after a warm-up, where nothing else is said. */
export function momentSource(
  intervals: readonly RunInterval[],
  changes: Readonly<Record<string, unknown>> = {},
): { intervals: readonly RunInterval[]; scenario: Scenario } {
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'made',
    name: 'Made',
    load: { executor: 'constant-arrival-rate', rate: 200, duration: `${intervals.length}s` },
    warmup: '5s',
    ...changes,
  });
  return { intervals, scenario };
}

/** How users of a closed load behave, in ms. */
interface Users {
  count: number;
  thinkMs(random: Random): number;
  responseMs(random: Random): number;
  /** From when to when the service stands still: responses that are due then come at its end. */
  pauseMs?: readonly [from: number, to: number];
}

/** The seconds of a closed load in which each user sends, waits for the response, and thinks. All begin at once. */
export function madeUsers(seconds: number, users: Users, seed = 1): RunInterval[] {
  const { count, thinkMs, responseMs, pauseMs: [from, to] = [0, 0] } = users;
  const totalMs = seconds * 1_000;
  const requests = Array.from({ length: count }, (_, user) => {
    const random = seededStream(seed, `user ${user}`);
    const sent: { sentMs: number; endedMs: number }[] = [];
    for (let sentMs = 0; sentMs < totalMs; ) {
      const dueMs = sentMs + responseMs(random);
      const endedMs = dueMs >= from && dueMs < to ? to : dueMs;
      sent.push({ sentMs, endedMs });
      sentMs = endedMs + thinkMs(random);
    }
    return sent;
  }).flat();
  return Array.from({ length: seconds }, (_, place) => {
    const [startMs, endMs] = [place * 1_000, (place + 1) * 1_000];
    const isWithin = (atMs: number): boolean => atMs >= startMs && atMs < endMs;
    const ended = requests.filter(({ endedMs }) => isWithin(endedMs));
    return madeSecond(
      place + 1,
      ended.map(({ sentMs, endedMs }) => endedMs - sentMs),
      {
        asked: null,
        sent: requests.filter(({ sentMs }) => isWithin(sentMs)).length,
        inFlight: requests.filter(({ sentMs, endedMs }) => sentMs < endMs && endedMs >= endMs).length,
      },
    );
  });
}
