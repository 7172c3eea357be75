import { letterOf } from '../../../shared/comparison/words';
import { dashOf } from './runLook';

/** A run's letter and line, for legends. */
export function RunKey({ place, color = 'var(--text)' }: { place: number; color?: string }) {
  return (
    <span className="legend-item">
      <svg width="26" height="8" aria-hidden="true">
        <line x1="0" x2="26" y1="4" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dashOf(place)} />
      </svg>
      {letterOf(place)}
    </span>
  );
}
