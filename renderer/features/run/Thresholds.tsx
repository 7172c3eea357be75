import { thresholdOutcome } from '../../../shared/report/sections/thresholds';
import type { RunDocument } from '../../../shared/run/document';
import { StatusMark } from '../../ui/ReportBlocks';

/** What the verdict is made of: each threshold with its value, how sure that is, and what leaves it open. */
export function Thresholds({ document }: { document: RunDocument }) {
  const { thresholds } = document;
  if (thresholds.length === 0) return null;
  return (
    <ul className="thresholds" aria-label="Thresholds">
      {thresholds.map((threshold) => {
        const { label, value, ...outcome } = thresholdOutcome(threshold, document);
        return (
          <li key={label}>
            <StatusMark {...outcome} />
            <code>{label}</code>
            <span>{value}</span>
          </li>
        );
      })}
    </ul>
  );
}
