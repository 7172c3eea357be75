/* What the measuring of parts costs: an experiment between the document service with it and without it. */
import { resolve } from 'node:path';
import { childProcessHost } from '../../electron/run/childProcessHost';
import type { WorkerHost } from '../../electron/run/workerHost';
import { engineConfig } from '../../shared/engines/config';
import { blockOrder } from '../../shared/experiment/design';
import type { RunDocument } from '../../shared/run/document';
import { meanOfKnown } from '../../shared/statistics/meanOfKnown';
import { medianOf } from '../../shared/statistics/medianOf';
import { TypicalValues } from '../../shared/statistics/typicalValues';
import { printTable } from '../table';
import { benchRun } from './benchRun';

const [bareFolder = ''] = process.argv.slice(2);
const pairs = 16;
const target = engineConfig('memory');
const asItIs = childProcessHost(resolve(process.cwd(), 'out/main'));
const bare = childProcessHost(bareFolder);
/** The service without its measuring, and as it is. */
const hosts: readonly WorkerHost[] = [
  { start: (kind, handlers) => (kind === 'target' ? bare : asItIs).start(kind, handlers) },
  asItIs,
];

/** What is compared of runs, one value each. */
interface Measure {
  name: string;
  digits: number;
  of(document: RunDocument): number;
}

const throughput: Measure = { name: 'requests/s', digits: 0, of: ({ metrics }) => metrics.http_reqs.rate };
/** Told more exactly than the throughput, on a machine that is not one's own. */
const processorUs: Measure = {
  name: 'processor time of the service a request, us',
  digits: 1,
  of: ({ intervals, metrics }) =>
    ((meanOfKnown(intervals.map(({ targetCpu }) => targetCpu)) ?? 0) * 1e6) / metrics.http_reqs.rate,
};
const p50Us: Measure = { name: 'P50, us', digits: 0, of: ({ metrics }) => metrics.http_req_duration.p50 * 1_000 };

function row(load: string, { name, digits, of }: Measure, pairsOf: readonly (readonly RunDocument[])[]): string[] {
  const values = pairsOf.map((documents) => documents.map(of));
  const typical = new TypicalValues(values.map(([without = 1, withIt = 1]) => Math.log(withIt / without)));
  const interval = typical.interval(0.95);
  const percent = (logRatio: number): string => `${(Math.expm1(logRatio) * 100).toFixed(1)} %`;
  const median = (variant: number): string => medianOf(values.map((pair) => pair[variant] ?? 0)).toFixed(digits);
  return [load, name, median(0), median(1), interval ? `${percent(interval.low)} to ${percent(interval.high)}` : ''];
}

/** Each run has a service of its own: two processes of one program differ by several per cent for as long as they live. */
async function rowsOf(name: string, load: Record<string, unknown>, measures: readonly Measure[]): Promise<string[][]> {
  const documents: RunDocument[][] = [];
  for (let block = 0; block < pairs; block += 1) {
    const pair: RunDocument[] = [];
    for (const variant of blockOrder(block, 2)) {
      const host = hosts[variant];
      if (!host) throw new Error('no host');
      pair[variant] = await benchRun(host, target, { load: { ...load, duration: '3s' }, warmup: '2s' });
    }
    documents.push(pair);
  }
  return measures.map((measure) => row(name, measure, documents));
}

const rows = [
  ...(await rowsOf('16 virtual users, closed', { executor: 'constant-vus', vus: 16 }, [throughput, processorUs])),
  ...(await rowsOf('1,000 req/s', { executor: 'constant-arrival-rate', rate: 1_000, preAllocatedVUs: 50 }, [p50Us])),
];
process.stdout.write(
  `The service on memory with its measuring of parts, against the same without; ${pairs} pairs of runs of 3 s:\n\n`,
);
printTable(['load', 'what', 'without', 'with', 'difference, 95 %'], rows);
process.exit(0);
