import type { Experiment } from '../experiment/experiment';
import { redactText } from './redact';
import { hasRedacted, redactScenario, redactTarget } from './redactRun';

/** An experiment as others may see it, and as it is kept. */
export function redactExperiment(experiment: Experiment): Experiment {
  const { scenario, variants, capacity } = experiment;
  return {
    ...experiment,
    scenario: redactScenario(scenario),
    variants: variants.map((variant) => ({
      ...variant,
      name: redactText(variant.name).slice(0, 200),
      target: redactTarget(variant.target),
    })),
    ...(capacity ? { capacity: { ...capacity, scenario: redactScenario(capacity.scenario) } } : {}),
  };
}

/** Whether an experiment that was kept has lost secrets without which its runs can't be made. */
export function hasLostSecrets({ scenario, variants }: Experiment): boolean {
  return variants.some(({ target }) => hasRedacted({ scenario, target }));
}
