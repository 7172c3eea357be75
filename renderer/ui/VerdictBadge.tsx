import { stateWord } from '../../shared/run/headline';
import type { RunState } from '../../shared/run/verdict';

const icons: Record<RunState | 'running', string> = {
  passed: '✓',
  failed: '✕',
  inconclusive: '?',
  aborted: '!',
  interrupted: '‖',
  imported: '↓',
  running: '●',
};

/** How a run ended, as icon, word and colour. */
export function VerdictBadge({ verdict }: { verdict: RunState | null }) {
  const state = verdict ?? 'running';
  return (
    <span className="verdict-badge" data-verdict={state}>
      <span aria-hidden="true">{icons[state]}</span> {verdict ? stateWord(verdict) : 'Running'}
    </span>
  );
}
