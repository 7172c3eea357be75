/*
 * Experiments whose truth is known, over one service whose handler takes a set time: how often a difference is found
 * that is not there, one is found that is, and the interval holds the truth. Short runs, all else as the app does it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { Experiment } from '../../shared/experiment/experiment';
import { compareTwo } from '../../shared/experiment/judge';
import { logRatios } from '../../shared/experiment/logRatios';
import { urlTargetSchema } from '../../shared/run/target';
import { plainLoadSchema, scenarioSchema } from '../../shared/scenario/schema';
import { deviationOf, meanOf } from '../../shared/statistics/spread';
import { printTable } from '../table';
import { runPairs, ShortRuns } from './shortRuns';

const [serverFile = '', only = '', countText = '200'] = process.argv.slice(2);
const count = Number(countText);
const handlerUs = 1_000;
const plan: Experiment['plan'] = { pairs: 8, untilSure: false, band: 0.02, metric: 'p95' };
const metrics = ['p95', 'p50', 'throughput'] as const;

/** What is true of the second variant: by how much its handler is slower, and the machine at the end. */
const worlds = [
  { name: 'A/A', effect: 0, drift: 0, times: count, runMs: 250 },
  { name: 'A/A, 5 % drift', effect: 0, drift: 0.05, times: count, runMs: 250 },
  { name: '+5 % handler', effect: 0.05, drift: 0, times: Math.ceil(count / 4), runMs: 500 },
  { name: '+10 % handler', effect: 0.1, drift: 0, times: Math.ceil(count / 4), runMs: 500 },
];
type World = (typeof worlds)[number];

async function setFactor(server: ChildProcess, factor: number): Promise<void> {
  const set = new Promise((done) => server.once('message', done));
  server.send(factor);
  await set;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Makes the experiments of a world and counts what they say. */
async function row(server: ChildProcess, origin: string, world: World): Promise<string[]> {
  const { name, effect, drift, times, runMs } = world;
  const load = plainLoadSchema.parse({ executor: 'constant-vus', vus: 2, duration: `${runMs}ms` });
  const scenario = scenarioSchema.parse({ schema: 'proofload.scenario/1', id: 'bench', name: 'Bench', load });
  const runsOf = (factor: number): ShortRuns =>
    new ShortRuns(scenario, load, urlTargetSchema.parse({ kind: 'url', url: `${origin}?us=${handlerUs * factor}` }));
  const variants = [runsOf(1), runsOf(1 + effect)] as const;
  await setFactor(server, 1);
  await Promise.all(variants.map((variant) => variant.run()));
  const found = { p95: 0, p50: 0, throughput: 0 };
  const covered = { p95: 0, p50: 0, throughput: 0 };
  const deviations: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const measured = await runPairs(plan, variants, async (run) => {
      if (drift > 0) await setFactor(server, 1 + (drift * run) / (2 * plan.pairs - 1));
    });
    deviations.push(deviationOf(logRatios(measured, 1, 'p95')));
    for (const metric of metrics) {
      const { outcome, low, high } = compareTwo(measured, 1, metric);
      if (outcome === 'better' || outcome === 'worse') found[metric] += 1;
      if (low !== null && high !== null && low <= 1 && high >= 1) covered[metric] += 1;
    }
  }
  await Promise.all(variants.map((variant) => variant.end()));
  const shares = (counts: typeof found): string[] => metrics.map((metric) => percent(counts[metric] / times));
  const coverage = effect === 0 ? shares(covered) : metrics.map(() => '');
  return [name, String(times), `${runMs} ms`, ...shares(found), ...coverage, percent(meanOf(deviations))];
}

const server = fork(serverFile, [], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
const origin = await new Promise<string>((found) => server.stdout?.once('data', (text) => found(String(text).trim())));
const rows: string[][] = [];
for (const world of worlds) if (only === '' || only === world.name) rows.push(await row(server, origin, world));
server.kill();
process.stdout.write(
  `Experiments of ${plan.pairs} pairs over a handler of ${handlerUs} us; how often a difference was found by P95, P50 and throughput, and the 95 % interval held the truth:\n\n`,
);
printTable(
  [
    'truth',
    'experiments',
    'runs of',
    'found P95',
    'P50',
    'rate',
    'covers P95',
    'P50',
    'rate',
    'deviation of pairs, P95',
  ],
  rows,
);
process.exit(0);
