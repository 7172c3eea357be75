import clsx from 'clsx';
import type { Moment } from '../../../shared/moments/moments';
import type { MomentText } from '../../../shared/report/sections/moments';
import { useTimeViewStore } from '../../store/timeViewStore';
import shared from '../../ui/shared.module.css';
import styles from './MomentList.module.css';
import { zoomAround } from './zoomAround';

interface MomentListProps {
  /** Says which moments these are, when there are more. */
  summary: string | undefined;
  moments: readonly MomentText[];
  /** The end of the run's charts. */
  endS: number;
}

/**
 * The moments of a run with their causes. A click on one zooms all charts to it, and a second click resets the zoom.
 */
export function MomentList({ summary, moments, endS }: MomentListProps) {
  const zoom = useTimeViewStore((state) => state.zoom);
  const { setZoom, lookAt } = useTimeViewStore.getState();
  const toggle = (moment: Moment, isZoomed: boolean): void => {
    setZoom(isZoomed ? undefined : zoomAround(moment, endS));
    lookAt(isZoomed ? undefined : moment.t);
  };
  return (
    <section className={clsx(shared.panel, styles.panel)} aria-label="Moments" data-section="moments">
      <h3>Moments</h3>
      {summary !== undefined && <p>{summary}</p>}
      <ul className={styles.moments}>
        {moments.map(({ moment, time, text }) => {
          const around = zoomAround(moment, endS);
          const isZoomed = zoom?.from === around.from && zoom.to === around.to;
          return (
            <li key={`${moment.kind} ${moment.t}`}>
              <button
                type="button"
                className={clsx(shared.entry, styles.moment)}
                aria-pressed={isZoomed}
                title={isZoomed ? 'Show all seconds' : 'Zoom to these seconds'}
                onClick={() => toggle(moment, isZoomed)}
              >
                <span className={styles.time}>{time}</span> {text}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
