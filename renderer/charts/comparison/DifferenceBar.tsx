import type { ComparisonOutcome } from '../../../shared/experiment/experiment';
import { percent } from '../frame/percent';
import styles from './DifferenceBar.module.css';
import type { DifferenceScale } from './differenceScale';

const height = 18;

interface DifferenceBarProps {
  scale: DifferenceScale;
  ratio: number | null;
  low: number | null;
  high: number | null;
  outcome: ComparisonOutcome;
}

/**
 * A difference on the axis of its table. The mark is the measured value, the band shows where the true value can lie,
 * and the line in the middle means no difference. Text beside it says the same.
 */
export function DifferenceBar({ scale, ratio, low, high, outcome }: DifferenceBarProps) {
  const [from, to] = [low === null ? undefined : scale.at(low), high === null ? undefined : scale.at(high)];
  return (
    <svg className={styles.difference} data-outcome={outcome} height={height} aria-hidden="true">
      {scale.ticks.map(({ at }) => (
        <line key={at} className={styles.grid} x1={percent(at)} x2={percent(at)} y1="0" y2={height} />
      ))}
      <line className={styles.none} x1="50%" x2="50%" y1="0" y2={height} />
      {from !== undefined && to !== undefined && (
        <rect
          className={styles.interval}
          x={percent(from)}
          width={percent(Math.max(0.004, to - from))}
          y="5"
          height="8"
        />
      )}
      {ratio !== null && <circle className={styles.value} cx={percent(scale.at(ratio))} cy={height / 2} r="4" />}
    </svg>
  );
}

/** The ticks of the axis, above the bars. */
export function DifferenceAxis({ scale: { ticks } }: { scale: DifferenceScale }) {
  return (
    <span className={styles.axis} aria-hidden="true">
      {ticks.map(({ at, label }) => (
        <span key={at} style={{ left: percent(at) }}>
          {label}
        </span>
      ))}
    </span>
  );
}
