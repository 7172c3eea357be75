import { type PointerEvent, useRef, useState } from 'react';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { useTimeViewStore } from '../../store/timeViewStore';
import { percent } from '../frame/percent';
import { MomentNote } from '../time/MomentNote';
import styles from './TimeOverlay.module.css';

interface TimeOverlayProps {
  /** The seconds at the left and the right end. */
  range: readonly [from: number, to: number];
  moments: readonly MomentMark[];
}

/** A shorter drag is a click. In pixels. */
const leastDrag = 6;

/** The shared cursor, zoom and moments of the time charts, over a chart that has no lines. */
export function TimeOverlay({ range, moments }: TimeOverlayProps) {
  const [from, to] = range;
  const second = useTimeViewStore((state) => state.second);
  const { lookAt, setZoom } = useTimeViewStore.getState();
  const pressedX = useRef<number>(undefined);
  const [selected, setSelected] = useState<{ from: number; to: number }>();
  const share = (at: number): number => Math.min(1, Math.max(0, (at - from) / (to - from)));
  const stretch = (start: number, end: number) => ({
    left: percent(share(start)),
    width: percent(share(end) - share(start)),
  });
  const secondAt = (element: Element, clientX: number): number => {
    const { left, width } = element.getBoundingClientRect();
    return from + Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width))) * (to - from);
  };
  const dragged = ({ currentTarget, clientX }: PointerEvent): { from: number; to: number } | undefined => {
    if (pressedX.current === undefined || Math.abs(clientX - pressedX.current) < leastDrag) return undefined;
    const ends = [secondAt(currentTarget, pressedX.current), secondAt(currentTarget, clientX)] as const;
    return { from: Math.min(...ends), to: Math.max(...ends) };
  };
  const seen = moments.filter(({ fromS, toS }) => toS > from && fromS < to);
  return (
    <>
      <div
        className={styles.overlay}
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          pressedX.current = event.clientX;
        }}
        onPointerMove={(event) => {
          lookAt(Math.ceil(secondAt(event.currentTarget, event.clientX)));
          setSelected(dragged(event));
        }}
        onPointerUp={(event) => {
          const zoom = dragged(event);
          pressedX.current = undefined;
          setSelected(undefined);
          if (zoom) setZoom(zoom);
        }}
        onPointerLeave={() => lookAt(undefined)}
        onDoubleClick={() => setZoom(undefined)}
      >
        {seen.map(({ fromS, toS }) => (
          <span key={fromS} className={styles.moment} style={stretch(fromS, toS)} data-moment />
        ))}
        {selected && <span className={styles.selected} style={stretch(selected.from, selected.to)} />}
        {second !== undefined && second >= from && second <= to && (
          <span className={styles.cursor} style={{ left: `${100 * share(second)}%` }} />
        )}
      </div>
      <MomentNote moments={moments} range={range} />
    </>
  );
}
