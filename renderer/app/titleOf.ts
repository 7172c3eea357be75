import { hasBreach } from '../../shared/report/sections/breach';
import { subjectOf } from '../../shared/report/sections/verdict';
import { stateWord } from '../../shared/report/status';
import { describePhase } from '../../shared/report/wording/describePhase';
import type { RunView } from '../../shared/run/reducer';
import type { ThresholdRule } from '../../shared/thresholds/rules';

const name = 'Proofload';

/**
 * The title of a window: what runs and in which phase, or how it ended, such as
 * `Running, over a limit: Smoke on sqlite · Proofload`. Only the name of the app when nothing has run.
 */
export function titleOf(
  { run, document, phase, ticks }: Pick<RunView, 'run' | 'document' | 'phase' | 'ticks'>,
  rules: readonly ThresholdRule[],
): string {
  if (document) return `${stateWord(document.verdict)}: ${subjectOf(document)} · ${name}`;
  if (!run || phase === 'finished') return name;
  const over = phase === 'running' && hasBreach(ticks.at(-1), rules) ? ', over a limit' : '';
  return `${describePhase(phase)}${over}: ${subjectOf(run)} · ${name}`;
}
