import { type Command, Option } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { type Experiment, type ExperimentMetric, experimentMetrics } from '../../../shared/experiment/experiment';
import { readExperiments, readResumable } from '../../app/experiment/experimentStore';
import { newExperiment } from '../../app/experiment/newExperiment';
import { parseVariantList } from '../../app/experiment/variants';
import type { AppServices } from '../../app/services';
import { durationOption } from './durationOption';
import type { FailOptions } from './failOn';
import { allowHostOption } from './hostOptions';
import { folderOfScenario, loadScenario } from './loadScenario';
import { isCount, numberOption } from './numberOption';
import { secretOption } from './secretOptions';
import type { ServiceOptions } from './withServices';

/** The options of commands that run an experiment. */
export interface ExperimentOptions extends ServiceOptions, FailOptions {
  variants?: string;
  level: string;
  pairs: number;
  untilSure?: true;
  band: number;
  metric: ExperimentMetric;
  duration: string;
  warmup: string;
  seed?: number;
  capacity?: boolean;
  resume?: string;
  out?: string;
}

/** A new experiment from the options, or the one to resume. Throws `usage`, `experiment-not-found`. */
export function experimentOf(
  options: ExperimentOptions,
  { dataFolder: folder, environment }: Pick<AppServices, 'dataFolder' | 'environment'>,
): Experiment {
  if (options.resume !== undefined) return readResumable(folder, options.resume);
  if (options.variants === undefined)
    throw new ProofloadError('usage', 'an experiment needs variants', 'write --variants sqlite,memory, or --resume ID');
  const { duration, warmup, seed } = options;
  const wish = {
    variants: parseVariantList(options.variants),
    scenario: loadScenario(options.level),
    scenarioFolder: folderOfScenario(options.level),
    overrides: { duration, warmup, seed },
    pairs: options.pairs,
    untilSure: options.untilSure === true,
    band: options.band / 100,
    metric: options.metric,
    withCapacity: options.capacity === true,
  };
  return newExperiment(wish, environment, readExperiments(folder), new Date());
}

/** Adds the options of {@link ExperimentOptions} to a command. */
export function withExperimentOptions(command: Command): Command {
  return command
    .option('--level <level-or-file>', 'level or scenario file of each run', 'level-1')
    .option(
      '--pairs <n>',
      'pairs of runs before the first evaluation',
      numberOption((n) => isCount(n) && n >= 2 && n <= 100, 'must be 2 to 100'),
      8,
    )
    .option('--until-sure', 'run up to twice as many pairs while the deciding metric is undecided')
    .option(
      '--band <percent>',
      'smallest difference that matters, in per cent',
      numberOption((n) => n >= 0 && n <= 100, 'must be 0 to 100'),
      2,
    )
    .addOption(new Option('--metric <name>', 'metric that decides').choices(experimentMetrics).default('p95'))
    .option('--duration <time>', 'length of the measured part of each run', durationOption, '10s')
    .option('--warmup <time>', 'length of the warm-up of each run', durationOption, '3s')
    .option(
      '--seed <n>',
      'seed of data, keys and operations',
      numberOption((n) => Number.isInteger(n) && n >= 0, 'must be a whole number from 0'),
    )
    .addOption(secretOption())
    .option('--allow-remote', 'allow a URL or a database that is not on this machine')
    .addOption(allowHostOption())
    .option('--resume <id>', 'resume an experiment that was stopped')
    .option('--out <file>', 'write the experiment document to this file')
    .option('--data-dir <dir>', 'data folder, where runs and experiments are saved');
}
