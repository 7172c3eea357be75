import { letterOf } from '../../../shared/report/wording/describeComparison';
import chart from '../../charts/frame/charts.module.css';
import { LineKey } from '../../charts/frame/LineKey';
import { dashOf } from './runLook';

/** A run's letter and line, for legends. */
export function RunKey({ place, color = 'var(--text)' }: { place: number; color?: string }) {
  return (
    <span className={chart.legendItem}>
      <LineKey color={color} dash={dashOf(place)} width={26} />
      {letterOf(place)}
    </span>
  );
}
