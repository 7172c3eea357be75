import type { RunDocument } from '../../../shared/run/document';

/** The possible steps after a run. */
export type NextStep = 'again' | 'compare' | 'climb' | 'profile' | 'baseline' | 'options';

interface Situation {
  document: Pick<RunDocument, 'verdict' | 'target' | 'profile' | 'scenario' | 'capacity'>;
  isSaved: boolean;
  isBaseline: boolean;
}

/** The order of the steps after each verdict, most helpful first. */
const orders: Record<RunDocument['verdict'], readonly NextStep[]> = {
  passed: ['climb', 'compare', 'baseline', 'profile', 'again'],
  failed: ['profile', 'options', 'compare', 'again'],
  inconclusive: ['again', 'compare', 'profile'],
  aborted: ['again'],
  interrupted: ['again'],
};

/** The next steps, most helpful first, without those that are impossible or would change nothing. */
export function nextSteps({ document, isSaved, isBaseline }: Situation): NextStep[] {
  const { verdict, target, profile, scenario, capacity } = document;
  const isEngine = target.kind === 'engine';
  const isPossible: Record<NextStep, boolean> = {
    again: true,
    compare: isSaved,
    climb: scenario.level !== undefined,
    profile: isEngine && profile === undefined && capacity === undefined,
    baseline: isSaved && !isBaseline,
    options: isEngine && scenario.level !== undefined,
  };
  return orders[verdict].filter((step) => isPossible[step]);
}
