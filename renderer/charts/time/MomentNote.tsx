import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { useTimeViewStore } from '../../store/timeViewStore';
import styles from './MomentNote.module.css';
import { markAt } from './nearestMark';

interface MomentNoteProps {
  moments: readonly MomentMark[];
  /** The seconds that the chart shows. */
  range: readonly [from: number, to: number];
}

/** What happened in the moment that is looked at, in the chart that has the pointer or the focus. */
export function MomentNote({ moments, range }: MomentNoteProps) {
  const mark = useTimeViewStore(({ second }) => markAt(moments, second, range));
  if (!mark) return null;
  const [from, to] = range;
  const share = Math.min(1, Math.max(0, ((mark.fromS + mark.toS) / 2 - from) / (to - from))) * 100;
  return (
    // The status of the chart says it to those who hear it.
    <div className={styles.place} aria-hidden="true">
      {/* As far left of its moment as the moment is in the chart: it never leaves the chart. */}
      <p className={styles.note} style={{ left: `${share}%`, transform: `translateX(-${share}%)` }} data-moment-note>
        {mark.text}
      </p>
    </div>
  );
}
