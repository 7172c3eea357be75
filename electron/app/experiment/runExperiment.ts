import { ProofloadError } from '../../../shared/errors/appError';
import { blockOrder } from '../../../shared/experiment/design';
import type { CapacityResult, Experiment, Variant } from '../../../shared/experiment/experiment';
import { compareVariants, completeBlocks, isSettled } from '../../../shared/experiment/judge';
import type { Step } from '../../../shared/experiment/progress';
import type { RunDocument } from '../../../shared/run/document';
import type { Scenario } from '../../../shared/scenario/schema';
import { redactExperiment } from '../../../shared/secrets/redactExperiment';
import type { RunHandle, RunRequest } from '../../run/runContract';
import { newRunId } from '../../run/runId';
import { runFilesOf } from '../scenarios/runFiles';
import { toExperimentRun } from './toExperimentRun';

/** The dependencies of an experiment. */
export interface ExperimentContext {
  /** Starts a run (runCoordinator.ts). Only one can run at a time. */
  startRun(request: RunRequest): RunHandle;
  /** Saves the experiment after each run. Throws when it can't. */
  keep(experiment: Experiment): void;
  /** Called before each step, with the experiment and the step. */
  onProgress(experiment: Experiment, next: Step): void;
  /** Ends the experiment and cancels the run in progress. */
  signal: AbortSignal;
  now(): Date;
}

/** The scenario with the cache setting of a variant. */
function scenarioOf(scenario: Scenario, { cache }: Variant): Scenario {
  return cache === undefined ? scenario : { ...scenario, cache: { ...scenario.cache, enabled: cache } };
}

/** The next run: the first one in a block's order that is missing. */
function nextRun({ runs, variants }: Experiment): { block: number; variant: number } {
  for (let block = 0; ; block += 1) {
    const order = blockOrder(block, variants.length);
    const missing = order.find((variant) => !runs.some((run) => run.block === block && run.variant === variant));
    if (missing !== undefined) return { block, variant: missing };
  }
}

/** The next step; undefined when the experiment has ended. */
function nextStep(experiment: Experiment): Step | undefined {
  if (completeBlocks(experiment) === 0 || !isSettled(experiment)) return { kind: 'run', ...nextRun(experiment) };
  const { capacity, variants } = experiment;
  if (!capacity) return undefined;
  const variant = variants.findIndex((_, index) => !capacity.results.some((result) => result.variant === index));
  return variant >= 0 ? { kind: 'capacity', variant } : undefined;
}

/** The changes of an experiment by the result of a step. */
function withResult(experiment: Experiment, step: Step, document: RunDocument): Partial<Experiment> {
  if (step.kind === 'run') return { runs: [...experiment.runs, toExperimentRun(document, step.block, step.variant)] };
  const { capacity } = experiment;
  if (!capacity || !document.capacity) throw new ProofloadError('internal', 'a search without a result', 'report this');
  const { steps: _steps, ...found } = document.capacity;
  const result: CapacityResult = { variant: step.variant, runId: document.id, ...found };
  return { capacity: { ...capacity, results: [...capacity.results, result] } };
}

/**
 * Runs an experiment to its end, from the start or from where it was stopped. Runs are interleaved in blocks; each has
 * its own service process and the same seed. The capacity searches follow if they are requested. Resolves with the
 * experiment when it is settled or stopped. A stop loses only the run in progress. Rejects with the error of a run that
 * could not be made.
 */
export async function runExperiment(start: Experiment, context: ExperimentContext): Promise<Experiment> {
  // Secrets are removed from what is saved and reported. The runs use the original request.
  let experiment: Experiment = { ...redactExperiment(start), state: 'running' };
  const update = (changes: Partial<Experiment>): void => {
    experiment = { ...experiment, ...changes };
    experiment.comparisons = compareVariants(experiment);
    context.keep(experiment);
  };
  update({});
  for (let step = nextStep(experiment); step && !context.signal.aborted; step = nextStep(experiment)) {
    const document = await runStep(start, experiment, step, context);
    if (document) update(withResult(experiment, step, document));
  }
  update({ state: context.signal.aborted ? 'stopped' : 'finished' });
  return experiment;
}

/** Makes the run of a step. Undefined when the run was cancelled. */
async function runStep(
  { scenario: ownScenario, scenarioFolder, variants, capacity }: Experiment,
  experiment: Experiment,
  step: Step,
  { startRun, onProgress, signal, now }: ExperimentContext,
): Promise<RunDocument | undefined> {
  const variant = variants[step.variant];
  if (!variant) throw new ProofloadError('internal', 'a variant that is not there', 'report this as a defect');
  onProgress(experiment, step);
  const base = step.kind === 'capacity' ? capacity?.scenario : ownScenario;
  const scenario = scenarioOf(base ?? ownScenario, variant);
  const marks = { shortened: true, overridden: true };
  const { target } = variant;
  const files = runFilesOf({ scenario, target }, scenarioFolder);
  const run = startRun({ id: newRunId(now()), scenario, target, ...marks, ...files, port: 0 });
  const stop = (): void => run.stop('the experiment was stopped.');
  signal.addEventListener('abort', stop);
  const outcome = await run.finished;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return undefined;
  if (outcome.kind === 'failed') throw ProofloadError.of(outcome.error, `${variant.name}: ${outcome.error.message}`);
  const { verdict, reason } = outcome.document;
  if (verdict === 'aborted' || verdict === 'interrupted')
    throw new ProofloadError(
      'load-failed',
      `${variant.name}: the run ended early: ${reason ?? verdict}`,
      'see the run in the history; the experiment can be resumed',
    );
  return outcome.document;
}
