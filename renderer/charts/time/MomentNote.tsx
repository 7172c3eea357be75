import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { useTimeViewStore } from '../../store/timeViewStore';
import styles from './MomentNote.module.css';
import { markAt } from './nearestMark';

interface MomentNoteProps {
  moments: readonly MomentMark[];
  /** The seconds in the visible range. */
  range: readonly [from: number, to: number];
}

/** Describes the selected moment, in the chart that has the pointer or the focus. */
export function MomentNote({ moments, range }: MomentNoteProps) {
  const mark = useTimeViewStore(({ second }) => markAt(moments, second, range));
  if (!mark) return null;
  const [from, to] = range;
  const percent = (second: number): number => Math.min(1, Math.max(0, (second - from) / (to - from))) * 100;
  const [start, end] = [percent(mark.fromS), percent(mark.toS)];
  // Beside the moment, on the side with more room, so that the note does not cover it.
  const place = start + end < 100 ? { left: `${end}%` } : { right: `${100 - start}%` };
  return (
    // Screen readers get this from the status of the chart.
    <div className={styles.place} aria-hidden="true">
      <p className={styles.note} style={place} data-moment-note>
        {mark.text}
      </p>
    </div>
  );
}
