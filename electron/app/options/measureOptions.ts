import type { EngineConfig } from '../../../shared/engines/config';
import type { ConformanceReport } from '../../../shared/engines/conformance';
import type { Experiment } from '../../../shared/experiment/experiment';
import type { Doing } from '../../../shared/experiment/progress';
import { needsConformance } from '../../../shared/options/optionResult';
import { redactExperiment } from '../../../shared/secrets/redactExperiment';
import { type ExperimentContext, runExperiment } from '../experiment/runExperiment';

/** The dependencies of {@link measureOptions}. */
export interface OptionsContext extends Omit<ExperimentContext, 'onProgress'> {
  /** The saved reports. */
  reports(): ConformanceReport[];
  /** Tests the conformance of an engine and saves the report. */
  testConformance(config: EngineConfig): Promise<unknown>;
  onProgress(experiment: Experiment, doing: Doing): void;
}

/**
 * Measures options to decide between them. First it tests the engines that have no report, because an engine that does
 * not conform can't be recommended. Then it runs the experiment. Resolves and rejects as runExperiment does.
 */
export async function measureOptions(experiment: Experiment, context: OptionsContext): Promise<Experiment> {
  context.keep(experiment);
  for (const [index, variant] of experiment.variants.entries()) {
    if (context.signal.aborted || variant.target.kind === 'url' || !needsConformance(variant, context.reports()))
      continue;
    context.onProgress(redactExperiment(experiment), { kind: 'conformance', variant: index });
    try {
      await context.testConformance(variant.target);
    } catch (error) {
      // A stopped suite has no report. The experiment reports below that it was stopped.
      if (!context.signal.aborted) throw error;
    }
  }
  return runExperiment(experiment, context);
}
