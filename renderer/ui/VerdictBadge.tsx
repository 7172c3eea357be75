import { verdictWord } from '../../shared/run/headline';
import type { Verdict } from '../../shared/run/verdict';

const icons: Record<Verdict | 'running', string> = {
  passed: '✓',
  failed: '✕',
  inconclusive: '?',
  aborted: '!',
  interrupted: '‖',
  running: '●',
};

/** A verdict as icon, word and colour. */
export function VerdictBadge({ verdict }: { verdict: Verdict | null }) {
  const state = verdict ?? 'running';
  return (
    <span className="verdict-badge" data-verdict={state}>
      <span aria-hidden="true">{icons[state]}</span> {verdict ? verdictWord(verdict) : 'Running'}
    </span>
  );
}
