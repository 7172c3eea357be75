import { latencyTick, placeOn } from '../../../shared/charts/axis';
import type { DecisionPicture, PicturedOption } from '../../../shared/options/decisionPicture';
import { percent } from '../frame/percent';
import styles from './ClaimBar.module.css';

const height = 26;

interface ClaimBarProps {
  option: PicturedOption;
  picture: DecisionPicture;
}

/**
 * An option on the axis of its table. The outline is the claim, the band is the interval of the measurements with the
 * median in it, the diamond is what the report measured, and the line across all options is the target. Text beside it
 * says the same.
 */
export function ClaimBar({ option: { claim, reportedMs, measuredMs, interval }, picture }: ClaimBarProps) {
  const { ticksMs, targetMs } = picture;
  const at = (valueMs: number): number => placeOn(ticksMs, valueMs);
  const span = (lowMs: number, highMs: number) => ({
    x: percent(at(lowMs)),
    width: percent(Math.max(0.004, at(highMs) - at(lowMs))),
  });
  const isOver = measuredMs !== null && targetMs !== undefined && measuredMs >= targetMs;
  return (
    <svg className={styles.claim} data-over={isOver} height={height} aria-hidden="true">
      {ticksMs.map((tick) => (
        <line key={tick} className={styles.grid} x1={percent(at(tick))} x2={percent(at(tick))} y1="0" y2={height} />
      ))}
      {claim && <rect className={styles.claimed} {...span(claim.lowMs, claim.highMs)} y="4" height="18" rx="3" />}
      {interval && <rect className={styles.interval} {...span(interval.lowMs, interval.highMs)} y="9" height="8" />}
      {reportedMs !== null && (
        // Its style moves it to the left by half its width.
        <rect className={styles.reported} x={percent(at(reportedMs))} y="9" width="8" height="8" />
      )}
      {measuredMs !== null && <circle className={styles.measured} cx={percent(at(measuredMs))} cy={height / 2} r="5" />}
      {targetMs !== undefined && (
        <line className={styles.target} x1={percent(at(targetMs))} x2={percent(at(targetMs))} y1="0" y2={height} />
      )}
    </svg>
  );
}

/** The ticks of the axis and the target, above the bars. */
export function ClaimAxis({ picture: { ticksMs, targetMs } }: { picture: DecisionPicture }) {
  return (
    <span className={styles.axis} aria-hidden="true">
      {ticksMs.map((tick) => (
        <span key={tick} style={{ left: percent(placeOn(ticksMs, tick)) }}>
          {latencyTick(tick)}
        </span>
      ))}
      {targetMs !== undefined && (
        <span className={styles.targetName} style={{ left: percent(placeOn(ticksMs, targetMs)) }}>
          target {latencyTick(targetMs)}
        </span>
      )}
    </span>
  );
}
