/* What the measuring of parts costs: an experiment between the document service with it and without it. */
import { fork } from 'node:child_process';
import type { LoadTarget } from '../../electron/load/protocol';
import { blockOrder } from '../../shared/experiment/design';
import { plainLoadSchema, scenarioSchema } from '../../shared/scenario/schema';
import { medianOf } from '../../shared/statistics/medianOf';
import { printTable } from '../table';
import { ShortRuns } from './shortRuns';

const [serviceFile = '', pairsText = '60'] = process.argv.slice(2);
const pairs = Number(pairsText);

/** What is compared of runs, one value each. */
interface Values {
  throughput: number;
  p50Us: number;
  /** Processor time of the service for each request: told more exactly than the throughput on a shared machine. */
  processorUs: number;
}

const service = fork(serviceFile, [], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
const origin = await new Promise<string>((found) => service.stdout?.once('data', (text) => found(String(text).trim())));
const target: LoadTarget = { kind: 'documents', origin };

/** Tells the service something, and resolves with the processor time that it has used, in microseconds. */
async function tell(message: boolean | 'tell'): Promise<number> {
  const told = new Promise<number>((done) => service.once('message', (usedUs) => done(Number(usedUs))));
  service.send(message);
  return told;
}

/** Runs in turns without measuring and with it. */
async function measure(load: Record<string, unknown>, durationMs: number): Promise<Values[][]> {
  const plain = plainLoadSchema.parse({ ...load, duration: `${durationMs}ms` });
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'bench',
    name: 'Bench',
    load: plain,
    operations: { query: 20, read: 68, update: 12 },
  });
  const runs = new ShortRuns(scenario, plain, target);
  const found: Values[][] = [];
  for (let block = 0; block < pairs; block += 1) {
    const pair: Values[] = [];
    for (const variant of blockOrder(block, 2)) {
      await tell(variant === 1);
      // What was compiled for the other variant is thrown away: that is not measured.
      await runs.run();
      const beforeUs = await tell('tell');
      const { throughput = 0, p50 = 0 } = await runs.run();
      const usedUs = (await tell('tell')) - beforeUs;
      pair[variant] = {
        throughput,
        p50Us: p50 * 1_000,
        processorUs: usedUs / ((throughput * durationMs) / 1_000),
      };
    }
    found.push(pair);
  }
  await runs.end();
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

function row(load: string, name: string, digits: number, key: keyof Values, found: readonly Values[][]): string[] {
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

const closed = await measure({ executor: 'constant-vus', vus: 16 }, 1_000);
const open = await measure({ executor: 'constant-arrival-rate', rate: 1_000, preAllocatedVUs: 50 }, 1_000);
service.kill();
const closedName = '16 virtual users, closed';
process.stdout.write(
  `The service on memory with its measuring of parts, against the same without; ${pairs} pairs of runs of 1 s:\n\n`,
);
printTable(
  ['load', 'what', 'without', 'with', 'difference, median', 'of it', 'its 95 % interval'],
  [
    row(closedName, 'requests/s', 0, 'throughput', closed),
    row(closedName, 'processor time of the service a request, us', 2, 'processorUs', closed),
    row('1,000 req/s', 'P50, us', 1, 'p50Us', open),
  ],
);
process.exit(0);
