import type { MomentText } from '../../../shared/report/sections/moments';
import type { RunDocument } from '../../../shared/run/document';
import { Button } from '../../ui/Button';
import styles from './Highlights.module.css';
import { worstMoment } from './worstMoment';

interface HighlightsProps {
  document: RunDocument;
  moments: readonly MomentText[];
  /** Shows the section with the attribution of the time. */
  onTimeSpent(): void;
  /** Shows a second on all charts. */
  onSecond(second: number): void;
}

/**
 * Answers the next questions after the verdict and links to the evidence: why the run was slow, and what happened in
 * its worst second.
 */
export function Highlights({ document, moments, onTimeSpent, onSecond }: HighlightsProps) {
  const why = document.verdict === 'passed' ? null : document.attribution?.sentence;
  const worst = worstMoment(moments);
  if (!why && !worst) return null;
  return (
    <dl className={styles.highlights} aria-label="What stands out">
      {why && (
        <div>
          <dt>Where the time went</dt>
          <dd>
            {why}{' '}
            <Button variant="link" onClick={onTimeSpent}>
              Show the parts
            </Button>
          </dd>
        </div>
      )}
      {worst && (
        <div>
          <dt>Worst second</dt>
          <dd>
            {worst.time} {worst.text}{' '}
            <Button variant="link" onClick={() => onSecond(worst.moment.t)}>
              Show it on the charts
            </Button>
          </dd>
        </div>
      )}
    </dl>
  );
}
