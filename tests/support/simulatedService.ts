import type { PlainLoad } from '../../shared/scenario/schema';
import { requiredMs } from '../../shared/scenario/timing';
import type { Random } from '../../shared/statistics/random';

/** A service with a queue, and the generator that loads it. All times in ms. */
export interface SimulatedService {
  /** How many requests it handles at once; the others wait in one queue. */
  servers: number;
  handlingMs: number;
  /** The share of requests that wait for something else after they were handled, and for how long. */
  tail: { share: number; waitMs: number };
  /** The share of requests that are answered with an error. */
  errors: number;
  /** How many requests the generator can send each second by a schedule. */
  generatorRate: number;
  /** How long the generator stands still at once, and how much time lies between on average. */
  stalls: { pauseMs: number; everyMs: number };
  random: Random;
}

/** A request, in ms since the load began. */
export interface SimulatedRequest {
  intendedMs: number;
  sentMs: number;
  endedMs: number;
  failed: boolean;
}

/** What a load came to. */
export interface SimulatedLoad {
  requests: SimulatedRequest[];
  /** When those were to be sent that were not. */
  dropped: number[];
}

const networkMs = 0.1;
/** How long a late generator goes on after the end of the schedule. */
const overrunMs = 1_000;

/** Handles requests in the order of their sends. */
function handling({ servers, handlingMs, tail, random }: SimulatedService) {
  const freeMs = Array.from({ length: servers }, () => 0);
  return (sentMs: number): { endedMs: number; isSlow: boolean } => {
    const next = freeMs.indexOf(Math.min(...freeMs));
    const handledMs = Math.max(sentMs, freeMs[next] ?? 0) + handlingMs;
    freeMs[next] = handledMs;
    const isSlow = random() < tail.share;
    return { endedMs: handledMs + networkMs + (isSlow ? tail.waitMs : 0), isSlow };
  };
}

function openLoad(
  service: SimulatedService,
  { rate, arrivals }: Extract<PlainLoad, { executor: 'constant-arrival-rate' }>,
  totalMs: number,
): SimulatedLoad {
  const { random, errors, generatorRate, stalls } = service;
  const handle = handling(service);
  const load: SimulatedLoad = { requests: [], dropped: [] };
  const exponential = (meanMs: number): number => -meanMs * Math.log(1 - random());
  const gapMs = (): number => (arrivals === 'even' ? 1000 / rate : exponential(1000 / rate));
  let stallMs = exponential(stalls.everyMs);
  let generatorFreeMs = 0;
  for (let intendedMs = 0; intendedMs < totalMs; intendedMs += gapMs()) {
    if (intendedMs >= stallMs) {
      generatorFreeMs = Math.max(generatorFreeMs, stallMs + stalls.pauseMs);
      stallMs += stalls.pauseMs + exponential(stalls.everyMs);
    }
    const sentMs = Math.max(intendedMs, generatorFreeMs);
    if (sentMs > totalMs + overrunMs) {
      load.dropped.push(intendedMs);
      continue;
    }
    generatorFreeMs = sentMs + 1000 / generatorRate;
    load.requests.push({ intendedMs, sentMs, endedMs: handle(sentMs).endedMs, failed: random() < errors });
  }
  return load;
}

function closedLoad(service: SimulatedService, vus: number, totalMs: number): SimulatedLoad {
  const handle = handling(service);
  const requests: SimulatedRequest[] = [];
  // Answers of either kind come in the order of their sends, so the next is the first of one of them.
  const quick = { endsMs: [] as number[], next: 0 };
  const slow = { endsMs: [] as number[], next: 0 };
  const nextMs = ({ endsMs, next }: typeof quick): number => endsMs[next] ?? Number.POSITIVE_INFINITY;
  const send = (sentMs: number): void => {
    const { endedMs, isSlow } = handle(sentMs);
    requests.push({ intendedMs: sentMs, sentMs, endedMs, failed: service.random() < service.errors });
    (isSlow ? slow : quick).endsMs.push(endedMs);
  };
  for (let user = 0; user < vus; user += 1) send(0);
  for (;;) {
    const line = nextMs(quick) <= nextMs(slow) ? quick : slow;
    const nowMs = nextMs(line);
    if (nowMs >= totalMs) return { requests, dropped: [] };
    line.next += 1;
    send(nowMs);
  }
}

/** What a load makes of a service, from the start of its warm-up; without its graceful stop. */
export function simulateLoad(service: SimulatedService, load: PlainLoad, warmupMs: number): SimulatedLoad {
  switch (load.executor) {
    case 'constant-arrival-rate':
      return openLoad(service, load, warmupMs + requiredMs(load.duration));
    case 'constant-vus':
      return closedLoad(service, load.vus, warmupMs + requiredMs(load.duration));
    default:
      throw new Error(`${load.executor} is not simulated`);
  }
}
