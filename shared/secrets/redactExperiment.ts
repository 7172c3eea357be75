import type { Experiment } from '../experiment/experiment';
import { redactText } from './redact';
import { hasRedacted, redactScenario, redactTarget } from './redactRun';

/** Hides the secrets of an experiment for display and storage. */
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

/** Whether a stored experiment has lost secrets that its runs need. */
export function hasLostSecrets({ scenario, variants }: Experiment): boolean {
  return variants.some(({ target }) => hasRedacted({ scenario, target }));
}
