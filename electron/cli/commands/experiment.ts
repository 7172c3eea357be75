import { Command, Option } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { looksOf } from '../../../shared/experiment/design';
import { type Experiment, type ExperimentMetric, experimentMetrics } from '../../../shared/experiment/experiment';
import { comparisonSentence, distrustOf } from '../../../shared/experiment/words';
import { exitCodes } from '../../../shared/run/verdict';
import { formatLatency, formatRate } from '../../../shared/units/format';
import { openHistory } from '../../history/openHistory';
import { readCalibration } from '../../run/calibration/calibrationStore';
import { childProcessHost } from '../../run/childProcessHost';
import { readDatabaseUrls } from '../../run/databases/databaseSettings';
import { Databases } from '../../run/databases/databases';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { readEnvironment } from '../../run/environment';
import { keepExperiment, readExperiment } from '../../run/experiment/experimentStore';
import { runExperiment } from '../../run/experiment/runExperiment';
import { prepareRun } from '../../run/prepareRun';
import { startRun } from '../../run/runCoordinator';
import { newRunId } from '../../run/runId';
import { checkWritable, printTable, writeJson } from '../output';
import { loadScenario } from './loadScenario';
import { isCount, numberOption } from './runOptions';
import { parseVariants } from './variants';

interface ExperimentOptions {
  variants?: string;
  level: string;
  pairs: number;
  untilSure?: true;
  band: number;
  metric: ExperimentMetric;
  duration: string;
  warmup: string;
  seed?: number;
  allowRemote?: true;
  resume?: string;
  out?: string;
  dataDir?: string;
}

function newExperiment(options: ExperimentOptions, appVersion: string): Experiment {
  if (options.variants === undefined)
    throw new ProofloadError('usage', 'an experiment needs variants', 'write --variants sqlite,memory, or --resume ID');
  const variants = parseVariants(options.variants);
  const { duration, warmup, seed } = options;
  const now = new Date();
  const scenario = loadScenario(options.level);
  const requests = variants.map(({ target }) =>
    prepareRun(
      { scenario, target, overrides: { duration, warmup, seed }, allowsHost: () => options.allowRemote === true },
      now,
    ),
  );
  return {
    schema: 'proofload.experiment/1',
    id: newRunId(now),
    startedAt: now.toISOString(),
    state: 'running',
    // A scenario of its own: the ladder and the history tell its runs from those of the level.
    scenario: { ...(requests[0]?.scenario ?? scenario), id: `${scenario.id}-experiment`.slice(0, 64) },
    variants,
    plan: {
      pairs: options.pairs,
      untilSure: options.untilSure === true,
      band: options.band / 100,
      metric: options.metric,
    },
    environment: readEnvironment(appVersion),
    runs: [],
    comparisons: [],
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** What the runs of each variant measured: medians over its runs, to get an idea; the comparisons rest on pairs. */
function variantRows({ variants, runs }: Experiment): string[][] {
  return variants.map(({ name }, variant) => {
    const own = runs.filter((run) => run.variant === variant);
    const of = (metric: ExperimentMetric): number => median(own.map(({ values }) => values[metric]));
    const latencies = (['p50', 'p95', 'p99'] as const).map((metric) => formatLatency(of(metric)));
    return [name, String(own.length), formatRate(of('throughput')), ...latencies];
  });
}

/** The result for the terminal: what can't be trusted first, then a sentence for each comparison. */
function render(experiment: Experiment): string {
  const distrust = distrustOf(experiment);
  let text = `\nexperiment ${experiment.id}, ${experiment.state}: ${experiment.scenario.name}, ${experiment.runs.length} runs\n\n`;
  if (distrust) text += `Inconclusive: ${distrust}\n\n`;
  for (const comparison of experiment.comparisons) {
    const mark = comparison.metric === experiment.plan.metric ? '*' : ' ';
    text += `  ${mark} ${comparisonSentence(experiment, comparison)}\n`;
  }
  return `${text}\n  * decides; the others are told as well\n\n`;
}

function exitCodeOf(experiment: Experiment): number {
  if (experiment.state === 'stopped') return exitCodes.interrupted;
  const decisive = experiment.comparisons.filter(({ metric }) => metric === experiment.plan.metric);
  const isKnown = distrustOf(experiment) === undefined && decisive.every(({ outcome }) => outcome !== 'unknown');
  return isKnown ? exitCodes.passed : exitCodes.inconclusive;
}

async function execute(options: ExperimentOptions, appVersion: string, workerFolder: string): Promise<number> {
  const folder = dataFolder(options.dataDir);
  const experiment = options.resume ? readExperiment(folder, options.resume) : newExperiment(options, appVersion);
  checkWritable(options.out);
  const { id, variants, plan, environment } = experiment;
  const history = openHistory(folder);
  const workers = childProcessHost(workerFolder);
  const urls = readDatabaseUrls(folder);
  const databases = new Databases(
    workers,
    folder,
    () => urls,
    () => options.allowRemote === true,
  );
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stderr.write(`experiment ${id}; Ctrl-C stops it, --resume ${id} goes on with it\n`);
  try {
    const result = await runExperiment(experiment, {
      startRun: (request) =>
        startRun(request, {
          workers,
          databases,
          workFolder: workFolder(folder),
          environment,
          calibration: readCalibration(folder, environment),
          archive: history,
          emit: () => {},
          now: () => new Date(),
        }),
      keep: (current) => keepExperiment(folder, current),
      onProgress: ({ runs }, { block, variant }) => {
        const most = looksOf(plan.pairs, plan.untilSure).at(-1)?.pairs ?? plan.pairs;
        const total = `${runs.length + 1} of ${plan.untilSure ? 'at most ' : ''}${most * variants.length}`;
        process.stderr.write(`run ${total}: block ${block + 1}, ${variant.name}\n`);
      },
      signal: stopping.signal,
      now: () => new Date(),
    });
    process.stdout.write(render(result));
    printTable(['variant', 'runs', 'median rate', 'P50', 'P95', 'P99'], variantRows(result));
    if (options.out !== undefined) writeJson(options.out, result);
    return exitCodeOf(result);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await databases.close();
    history.close();
  }
}

/** `workerFolder` holds the built worker processes. */
export function experimentCommand(appVersion: string, workerFolder: string): Command {
  return new Command('experiment')
    .description('compare engines, options or services in interleaved runs, with a verdict')
    .option(
      '--variants <list>',
      'two to six: ENGINE, "ENGINE:NAME=VALUE;cache=off" or a URL; the first is the baseline',
    )
    .option('--level <level-or-file>', 'what each run does', 'level-1')
    .option(
      '--pairs <n>',
      'pairs of runs before the first look',
      numberOption((n) => isCount(n) && n >= 2 && n <= 100, 'must be 2 to 100'),
      8,
    )
    .option('--until-sure', 'go on to twice the pairs while the deciding metric is not settled')
    .option(
      '--band <percent>',
      'the least difference that matters',
      numberOption((n) => n >= 0 && n <= 100, 'must be 0 to 100'),
      2,
    )
    .addOption(new Option('--metric <name>', 'what decides').choices(experimentMetrics).default('p95'))
    .option('--duration <time>', 'length of the measured part of each run', '10s')
    .option('--warmup <time>', 'length of the warm-up of each run', '3s')
    .option(
      '--seed <n>',
      'seed of data, keys and operations',
      numberOption((n) => Number.isInteger(n) && n >= 0, 'must be a whole number from 0'),
    )
    .option('--allow-remote', 'allow a URL or a database that is not on this machine')
    .option('--resume <id>', 'go on with an experiment that was stopped')
    .option('--out <file>', 'write the experiment document to this file')
    .option('--data-dir <dir>', 'where runs and experiments are kept')
    .action(async (options: ExperimentOptions) => {
      process.exitCode = await execute(options, appVersion, workerFolder);
    });
}
