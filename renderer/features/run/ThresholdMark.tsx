import { statusText } from '../../../shared/run/thresholdOutcome';
import type { ThresholdStatus } from '../../../shared/thresholds/doubt';

/** The state of a threshold, or of anything else that holds or fails: in words, with a colour beside them. */
export function ThresholdMark({ status }: { status: ThresholdStatus }) {
  return (
    <span className="mark" data-status={status}>
      {statusText(status)}
    </span>
  );
}
