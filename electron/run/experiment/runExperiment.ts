import { ProofloadError } from '../../../shared/errors/appError';
import { blockOrder } from '../../../shared/experiment/design';
import type { Experiment, ExperimentRun, Variant } from '../../../shared/experiment/experiment';
import { compareVariants, completeBlocks, isSettled } from '../../../shared/experiment/judge';
import type { RunDocument } from '../../../shared/run/document';
import type { Scenario } from '../../../shared/scenario/schema';
import type { RunHandle, RunRequest } from '../runContract';
import { newRunId } from '../runId';

/** What an experiment needs of its surroundings. */
export interface ExperimentContext {
  /** Starts a run (runCoordinator.ts); one at a time. */
  startRun(request: RunRequest): RunHandle;
  /** Keeps the experiment after each run; throws when it can't. */
  keep(experiment: Experiment): void;
  /** Tells of the experiment before each run, and which run is next. */
  onProgress(experiment: Experiment, next: { block: number; variant: Variant }): void;
  /** Ends the experiment; the run that goes on is given up. */
  signal: AbortSignal;
  now(): Date;
}

/** The scenario as a variant has it. */
export function scenarioOf(scenario: Scenario, { cache }: Variant): Scenario {
  return cache === undefined ? scenario : { ...scenario, cache: { ...scenario.cache, enabled: cache } };
}

/** Why a run can't be trusted. Percentiles with few samples are no reason: the spread over runs shows them. */
function distrustOf({ trust, integrity }: RunDocument): string | null {
  if (integrity.violations > 0 || (integrity.lostWrites ?? 0) > 0) return 'Answers were wrong or writes were lost.';
  return trust.find(({ check, ok }) => !ok && check !== 'samples')?.message ?? null;
}

function toRun(document: RunDocument, block: number, variant: number): ExperimentRun {
  const { http_reqs, http_req_duration: response } = document.metrics;
  return {
    block,
    variant,
    runId: document.id,
    verdict: document.verdict,
    distrust: distrustOf(document),
    values: { throughput: http_reqs.rate, p50: response.p50, p95: response.p95, p99: response.p99 },
  };
}

/** Which run comes next: the first of a block's order that is missing. */
function nextRun({ runs, variants }: Experiment): { block: number; variant: number } {
  for (let block = 0; ; block += 1) {
    const order = blockOrder(block, variants.length);
    const missing = order.find((variant) => !runs.some((run) => run.block === block && run.variant === variant));
    if (missing !== undefined) return { block, variant: missing };
  }
}

/**
 * Runs an experiment to its end, from the start or from where it was left: in interleaved blocks, each run with a
 * target process of its own and the same seed. Resolves with what it is when it is settled or stopped; a stop loses
 * the run that goes on and nothing else. Rejects with the error of a run that could not be made.
 */
export async function runExperiment(start: Experiment, context: ExperimentContext): Promise<Experiment> {
  let experiment: Experiment = { ...start, state: 'running' };
  const update = (changes: Partial<Experiment>): void => {
    experiment = { ...experiment, ...changes };
    experiment.comparisons = compareVariants(experiment);
    context.keep(experiment);
  };
  update({});
  while (!context.signal.aborted && !(completeBlocks(experiment) > 0 && isSettled(experiment))) {
    const { block, variant } = nextRun(experiment);
    const document = await runVariant(experiment, block, variant, context);
    if (document) update({ runs: [...experiment.runs, toRun(document, block, variant)] });
  }
  update({ state: context.signal.aborted ? 'stopped' : 'finished' });
  return experiment;
}

/** Makes one run; undefined when it was given up. */
async function runVariant(
  experiment: Experiment,
  block: number,
  number: number,
  { startRun, onProgress, signal, now }: ExperimentContext,
): Promise<RunDocument | undefined> {
  const variant = experiment.variants[number];
  if (!variant) throw new ProofloadError('internal', 'a variant that is not there', 'report this as a defect');
  onProgress(experiment, { block, variant });
  const scenario = scenarioOf(experiment.scenario, variant);
  const run = startRun({ id: newRunId(now()), scenario, target: variant.target, shortened: true, port: 0 });
  const stop = (): void => run.stop('the experiment was stopped.');
  signal.addEventListener('abort', stop);
  const outcome = await run.finished;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return undefined;
  if (outcome.kind === 'failed')
    throw new ProofloadError(outcome.error.code, `${variant.name}: ${outcome.error.message}`, outcome.error.hint);
  const { verdict, reason } = outcome.document;
  if (verdict === 'aborted' || verdict === 'interrupted')
    throw new ProofloadError(
      'load-failed',
      `${variant.name}: the run ended early: ${reason ?? verdict}`,
      'see the run in the history; the experiment can be resumed',
    );
  return outcome.document;
}
