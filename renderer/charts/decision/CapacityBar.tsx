import type { CapacityResult } from '../../../shared/experiment/experiment';
import { percent } from '../frame/percent';
import styles from './CapacityBar.module.css';

const height = 10;

interface CapacityBarProps {
  capacity: CapacityResult;
  /** The highest rate of all options, which the full width stands for. */
  mostRate: number;
}

/** A confirmed capacity, and pale the 95 % interval of the search. Text beside it says the same. */
export function CapacityBar({ capacity: { rate, low, high }, mostRate }: CapacityBarProps) {
  if (rate === null) return null;
  const share = (value: number): number => value / mostRate;
  const from = share(low ?? rate);
  return (
    <svg className={styles.capacity} height={height} aria-hidden="true">
      <rect className={styles.ground} width="100%" y="1" height="8" rx="2" />
      <rect
        className={styles.interval}
        x={percent(from)}
        width={percent(share(high ?? rate) - from)}
        y="1"
        height="8"
      />
      <rect className={styles.rate} width={percent(Math.max(0.01, share(rate)))} y="3" height="4" />
    </svg>
  );
}
