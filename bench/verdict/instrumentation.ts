/*
 * What the measuring of parts costs: an experiment between the document service with it and without it. Each pair is of
 * two new processes: two processes of one program differ by several per cent for as long as they live, so that one pair
 * that is measured again and again would say more and more exactly how those two differ. Within a pair the two take
 * turns of half a second, so that what the machine's other users do meets both.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { LoadTarget } from '../../electron/load/protocol';
import { blockOrder } from '../../shared/experiment/design';
import { type PlainLoad, plainLoadSchema, scenarioSchema } from '../../shared/scenario/schema';
import { medianOf } from '../../shared/statistics/medianOf';
import { printTable } from '../table';
import { ShortRuns } from './shortRuns';

const [bareFile = '', measuringFile = '', pairsText = '40'] = process.argv.slice(2);
const pairCount = Number(pairsText);

/** What is compared of runs, one value each. */
interface Values {
  throughput: number;
  /** Processor time of the service for each request: told more exactly than the throughput on a shared machine. */
  processorUs: number;
  p50Us: number;
}

const duration = '500ms';
/** With the warm-up of a short run. */
const loadedSeconds = 0.55;
const closed = plainLoadSchema.parse({ executor: 'constant-vus', vus: 16, duration });
const open = plainLoadSchema.parse({ executor: 'constant-arrival-rate', rate: 1_000, preAllocatedVUs: 50, duration });
/** Until what is hot has been compiled. */
const warmUps = 4;
const rounds = 6;

function runsOf(load: PlainLoad, target: LoadTarget): ShortRuns {
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'bench',
    name: 'Bench',
    load,
    operations: { query: 20, read: 68, update: 12 },
  });
  return new ShortRuns(scenario, load, target);
}

/** One process of a service with the load on it. */
class Subject {
  readonly #service: ChildProcess;
  readonly #users: ShortRuns;
  readonly #arrivals: ShortRuns;

  static async start(file: string): Promise<Subject> {
    const service = fork(file, [], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
    const [text] = await once(service.stdout ?? service, 'data');
    return new Subject(service, { kind: 'documents', origin: String(text).trim() });
  }

  private constructor(service: ChildProcess, target: LoadTarget) {
    this.#service = service;
    this.#users = runsOf(closed, target);
    this.#arrivals = runsOf(open, target);
  }

  async #usedUs(): Promise<number> {
    const told = once(this.#service, 'message');
    this.#service.send('tell');
    return Number((await told)[0]);
  }

  async closed(): Promise<Pick<Values, 'throughput' | 'processorUs'>> {
    const beforeUs = await this.#usedUs();
    const { throughput = 0 } = await this.#users.run();
    return { throughput, processorUs: ((await this.#usedUs()) - beforeUs) / (throughput * loadedSeconds) };
  }

  async open(): Promise<Pick<Values, 'p50Us'>> {
    const { p50 = 0 } = await this.#arrivals.run();
    return { p50Us: p50 * 1_000 };
  }

  async end(): Promise<void> {
    await Promise.all([this.#users.end(), this.#arrivals.end()]);
    this.#service.kill();
  }
}

/** The values of both subjects in turns, one pair of values a round. */
async function inTurns<T>(subjects: readonly Subject[], measure: (subject: Subject) => Promise<T>): Promise<T[][]> {
  for (let time = 0; time < warmUps; time += 1) for (const subject of subjects) await measure(subject);
  const found: T[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const pair: T[] = [];
    for (const variant of blockOrder(round, 2)) {
      const subject = subjects[variant];
      if (subject) pair[variant] = await measure(subject);
    }
    found.push(pair);
  }
  return found;
}

/**
 * The 95 % interval of the median of paired differences: the order statistics of the sign test, normal approximation.
 * A machine that others use makes some pairs useless; they do not pull the median.
 */
function medianInterval(values: readonly number[]): { low: number; high: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const reach = 1.96 * Math.sqrt(sorted.length / 4);
  const low = Math.max(0, Math.floor(sorted.length / 2 - reach));
  return { low: sorted[low] ?? 0, high: sorted[sorted.length - 1 - low] ?? 0 };
}

/** What a pair of processes came to in its rounds: the medians of both, and of the differences within a round. */
interface Pair {
  without: number;
  withIt: number;
  difference: number;
  logRatio: number;
}

function pairOf<Key extends keyof Values>(rounds: readonly Pick<Values, Key>[][], key: Key): Pair {
  const turns = rounds.map(([without, withIt]) => ({ without: without?.[key] ?? 0, withIt: withIt?.[key] ?? 0 }));
  return {
    without: medianOf(turns.map(({ without }) => without)),
    withIt: medianOf(turns.map(({ withIt }) => withIt)),
    difference: medianOf(turns.map(({ without, withIt }) => withIt - without)),
    logRatio: medianOf(turns.map(({ without, withIt }) => Math.log(withIt / without))),
  };
}

function row(load: string, name: string, digits: number, key: keyof Values): string[] {
  const found = pairs.map((pair) => pair[key]);
  const median = (of: keyof Pair): number => medianOf(found.map((pair) => pair[of]));
  const { low, high } = medianInterval(found.map(({ logRatio }) => logRatio));
  const percent = (logRatio: number): string => `${(Math.expm1(logRatio) * 100).toFixed(1)} %`;
  return [
    load,
    name,
    median('without').toFixed(digits),
    median('withIt').toFixed(digits),
    median('difference').toFixed(digits),
    percent(median('logRatio')),
    `${percent(low)} to ${percent(high)}`,
  ];
}

const pairs: Record<keyof Values, Pair>[] = [];
for (let number = 0; number < pairCount; number += 1) {
  const subjects = [await Subject.start(bareFile), await Subject.start(measuringFile)];
  const closedRounds = await inTurns(subjects, (subject) => subject.closed());
  const openRounds = await inTurns(subjects, (subject) => subject.open());
  pairs.push({
    throughput: pairOf(closedRounds, 'throughput'),
    processorUs: pairOf(closedRounds, 'processorUs'),
    p50Us: pairOf(openRounds, 'p50Us'),
  });
  for (const subject of subjects) await subject.end();
}
const closedName = '16 virtual users, closed';
process.stdout.write(
  `The service on memory with its measuring of parts, against the same without; ${pairCount} pairs of new processes, each in ${rounds} turns:\n\n`,
);
printTable(
  ['load', 'what', 'without', 'with', 'difference, median', 'of it', 'its 95 % interval'],
  [
    row(closedName, 'requests/s', 0, 'throughput'),
    row(closedName, 'processor time of the service a request, us', 2, 'processorUs'),
    row('1,000 req/s', 'P50, us', 1, 'p50Us'),
  ],
);
process.exit(0);
