/* What the measuring of parts costs: an experiment between the document service with it and without it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { childProcessHost } from '../../electron/run/childProcessHost';
import { requireLevel } from '../../electron/run/levels';
import { TargetProcess } from '../../electron/run/targetProcess';
import { engineConfig } from '../../shared/engines/config';
import type { Experiment, ExperimentMetric } from '../../shared/experiment/experiment';
import { compareTwo } from '../../shared/experiment/judge';
import { type PlainLoad, plainLoadSchema } from '../../shared/scenario/schema';
import { medianOf } from '../../shared/statistics/medianOf';
import { printTable } from '../table';
import { runPairs, ShortRuns } from './shortRuns';

const [bareFolder = ''] = process.argv.slice(2);
const plan: Experiment['plan'] = { pairs: 20, untilSure: false, band: 0.02, metric: 'throughput' };
const scenario = requireLevel('level-2');
const folder = mkdtempSync(join(tmpdir(), 'proofload-instrumentation-'));

async function service(workers: string, name: string): Promise<{ process: TargetProcess; origin: string }> {
  const process = new TargetProcess(childProcessHost(workers), () => {});
  const place = { folder: join(folder, name), namespace: name };
  const { port } = await process.start(engineConfig('memory'), place, 0, scenario);
  return { process, origin: `http://127.0.0.1:${port}` };
}

const services = [await service(bareFolder, 'bare'), await service(resolve(process.cwd(), 'out/main'), 'timed')];

async function compare(
  load: PlainLoad,
  metric: ExperimentMetric,
): Promise<{ words: string[]; runs: Experiment['runs'] }> {
  const loaded = { ...scenario, load };
  const [bare, timed] = services.map(({ origin }) => new ShortRuns(loaded, load, { kind: 'documents', origin }));
  if (!bare || !timed) throw new Error('no services');
  for (let warm = 0; warm < 5; warm += 1) for (const variant of [bare, timed]) await variant.run();
  const measured = await runPairs(plan, [bare, timed]);
  const { ratio, low, high } = compareTwo(measured, 1, metric);
  const percent = (value: number | null): string => (value === null ? '-' : `${((value - 1) * 100).toFixed(1)} %`);
  await Promise.all([bare.end(), timed.end()]);
  return { words: [percent(ratio), `${percent(low)} to ${percent(high)}`], runs: measured.runs };
}

const closed = plainLoadSchema.parse({ executor: 'constant-vus', vus: 16, duration: '1s' });
const open = plainLoadSchema.parse({
  executor: 'constant-arrival-rate',
  rate: 1_000,
  duration: '1s',
  preAllocatedVUs: 50,
});
const throughput = await compare(closed, 'throughput');
const latency = await compare(open, 'p50');
const medianP50 = (variant: number): number =>
  medianOf(latency.runs.filter((run) => run.variant === variant).map(({ values }) => values.p50)) * 1_000;
process.stdout.write(
  `The service on memory with its measuring of parts, against the same without; ${plan.pairs} pairs of 1 s:\n\n`,
);
printTable(
  ['load', 'by', 'difference', '95 %'],
  [
    ['16 virtual users, closed', 'throughput', ...throughput.words],
    ['1,000 req/s', 'P50', ...latency.words],
  ],
);
process.stdout.write(
  `P50 at 1,000 req/s: ${medianP50(0).toFixed(0)} us without, ${medianP50(1).toFixed(0)} us with (medians over runs).\n\n`,
);
for (const { process: child } of services) await child.end(5_000);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
