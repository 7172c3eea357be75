import type { Status } from '../../../shared/report/blocks';
import { percent } from '../frame/percent';
import styles from './BulletGraph.module.css';
import type { BulletScale } from './bulletScale';

interface BulletGraphProps {
  scale: BulletScale;
  status: Status;
}

const height = 20;

/**
 * A value against its limit. The bar is the value, the pale band shows where the true value can lie, the line is the
 * limit, and the background marks where the threshold passes. Text beside it says the same.
 */
export function BulletGraph({ scale: { value, limit, low, high, isUpper }, status }: BulletGraphProps) {
  return (
    <svg className={styles.bullet} data-status={status} height={height} aria-hidden="true">
      <rect className={styles.ground} width="100%" y="3" height="14" rx="2" />
      <rect
        className={styles.holds}
        x={isUpper ? 0 : percent(limit)}
        width={percent(isUpper ? limit : 1 - limit)}
        y="3"
        height="14"
      />
      <rect className={styles.band} x={percent(low)} width={percent(Math.max(0.004, high - low))} y="5" height="10" />
      <rect className={styles.value} width={percent(Math.max(0.004, value))} y="8" height="4" />
      <line className={styles.limit} x1={percent(limit)} x2={percent(limit)} y1="0" y2={height} />
    </svg>
  );
}
