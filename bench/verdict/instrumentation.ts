/*
 * What the measuring of parts costs: an experiment between the document service with it and without it. Each run has a
 * process of its own: two processes of one program differ by several per cent for as long as they live, so that a pair
 * that is measured again and again would say more and more exactly how those two differ.
 */
import { fork } from 'node:child_process';
import type { LoadTarget } from '../../electron/load/protocol';
import { blockOrder } from '../../shared/experiment/design';
import { type PlainLoad, plainLoadSchema, scenarioSchema } from '../../shared/scenario/schema';
import { medianOf } from '../../shared/statistics/medianOf';
import { printTable } from '../table';
import { ShortRuns } from './shortRuns';

const [bareFile = '', measuringFile = '', pairsText = '50'] = process.argv.slice(2);
const pairs = Number(pairsText);

/** What is compared of runs, one value each. */
interface Values {
  throughput: number;
  /** Processor time of the service for each request: told more exactly than the throughput on a shared machine. */
  processorUs: number;
  p50Us: number;
}

const closed = plainLoadSchema.parse({ executor: 'constant-vus', vus: 16, duration: '1s' });
const open = plainLoadSchema.parse({
  executor: 'constant-arrival-rate',
  rate: 1_000,
  preAllocatedVUs: 50,
  duration: '1s',
});
/** Until what is hot has been compiled. */
const warmUps = 3;
const measuredRuns = 2;

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

/** Measures one process of a service, from its start to its end. */
async function measure(file: string): Promise<Values> {
  const service = fork(file, [], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  const usedUs = async (): Promise<number> => {
    const told = new Promise<number>((done) => service.once('message', (us) => done(Number(us))));
    service.send('tell');
    return told;
  };
  const origin = await new Promise<string>((found) =>
    service.stdout?.once('data', (text) => found(String(text).trim())),
  );
  const target: LoadTarget = { kind: 'documents', origin };
  const users = runsOf(closed, target);
  for (let time = 0; time < warmUps; time += 1) await users.run();
  const beforeUs = await usedUs();
  let throughput = 0;
  for (let time = 0; time < measuredRuns; time += 1) throughput += ((await users.run()).throughput ?? 0) / measuredRuns;
  const processorUs = ((await usedUs()) - beforeUs) / (throughput * measuredRuns);
  await users.end();
  const arrivals = runsOf(open, target);
  await arrivals.run();
  const { p50 = 0 } = await arrivals.run();
  await arrivals.end();
  service.kill();
  return { throughput, processorUs, p50Us: p50 * 1_000 };
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

function row(load: string, name: string, digits: number, key: keyof Values): string[] {
  const pairsOf = found.map((pair) => pair.map((run) => run[key]));
  const median = (variant: number): string => medianOf(pairsOf.map((pair) => pair[variant] ?? 0)).toFixed(digits);
  const differences = pairsOf.map(([without = 0, withIt = 0]) => withIt - without);
  const ratios = pairsOf.map(([without = 1, withIt = 1]) => Math.log(withIt / without));
  const { low, high } = medianInterval(ratios);
  const percent = (logRatio: number): string => `${(Math.expm1(logRatio) * 100).toFixed(1)} %`;
  return [
    load,
    name,
    median(0),
    median(1),
    medianOf(differences).toFixed(digits),
    percent(medianOf(ratios)),
    `${percent(low)} to ${percent(high)}`,
  ];
}

const found: Values[][] = [];
for (let block = 0; block < pairs; block += 1) {
  const pair: Values[] = [];
  for (const variant of blockOrder(block, 2)) pair[variant] = await measure(variant === 0 ? bareFile : measuringFile);
  found.push(pair);
}
const closedName = '16 virtual users, closed';
process.stdout.write(
  `The service on memory with its measuring of parts, against the same without; ${pairs} pairs of processes of their own:\n\n`,
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
