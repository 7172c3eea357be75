import { stateOf } from '../../shared/report/status';
import type { RunState } from '../../shared/run/verdict';
import styles from './VerdictBadge.module.css';

/** The end of a run as mark, word and colour. */
export function VerdictBadge({ verdict }: { verdict: RunState | null }) {
  const { mark, word } = stateOf(verdict);
  return (
    <span className={styles.verdictBadge} data-verdict={verdict ?? 'running'}>
      <span aria-hidden="true">{mark}</span> {word}
    </span>
  );
}
