import type { RunDocument } from '../../../shared/run/document';
import { outcomeText } from '../../../shared/run/doubts';
import { statusOf } from '../../../shared/run/verdict';
import { thresholdName } from '../../../shared/scenario/stageMarks';
import { ThresholdMark } from './ThresholdMark';

/** What the verdict is made of: each threshold with its value, how sure that is, and what leaves it open. */
export function Thresholds({ document }: { document: RunDocument }) {
  const { thresholds, trust, scenario } = document;
  if (thresholds.length === 0) return null;
  return (
    <ul className="thresholds" aria-label="Thresholds">
      {thresholds.map((threshold) => (
        <li key={`${threshold.metric} ${threshold.expression}`}>
          <ThresholdMark status={statusOf(threshold)} />
          <code>{thresholdName(threshold, scenario.load)}</code>
          <span>{outcomeText(threshold, trust)}</span>
        </li>
      ))}
    </ul>
  );
}
