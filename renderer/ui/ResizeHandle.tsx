import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import styles from './ResizeHandle.module.css';

export interface ResizeHandleProps {
  /** The accessible name: `Height of Throughput`. */
  label: string;
  /** The id of the element that the handle controls. */
  controls?: string;
  heightPx: number;
  leastPx: number;
  mostPx: number;
  /** Called during the drag. */
  onMove(heightPx: number): void;
  /** Called when the height is chosen. */
  onEnd(heightPx: number): void;
  /** Called for a double click or Enter: resets the height. */
  onReset(): void;
}

/** The step of an arrow key. */
const stepPx = 10;

/** The lower edge of an element, which can be dragged or moved with the arrow keys. */
export function ResizeHandle(props: ResizeHandleProps) {
  const { label, controls, heightPx, leastPx, mostPx, onMove, onEnd, onReset } = props;
  const drag = useRef<{ fromY: number; heightPx: number }>(undefined);
  const within = (height: number): number => Math.round(Math.min(mostPx, Math.max(leastPx, height)));
  const draggedTo = ({ clientY }: PointerEvent): number =>
    drag.current ? within(drag.current.heightPx + clientY - drag.current.fromY) : heightPx;
  const onKeyDown = (event: KeyboardEvent): void => {
    const heights: Readonly<Record<string, number>> = {
      ArrowDown: heightPx + stepPx,
      ArrowUp: heightPx - stepPx,
      Home: leastPx,
      End: mostPx,
    };
    const height = heights[event.key];
    if (height !== undefined) onEnd(within(height));
    else if (event.key === 'Enter') onReset();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that can be moved is no thematic break
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={heightPx}
      aria-valuemin={leastPx}
      aria-valuemax={mostPx}
      aria-valuetext={`${heightPx} pixels`}
      tabIndex={0}
      title="Drag to resize; double-click for the default height"
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { fromY: event.clientY, heightPx };
      }}
      onPointerMove={(event) => {
        if (drag.current) onMove(draggedTo(event));
      }}
      onPointerUp={(event) => {
        const chosen = draggedTo(event);
        const isMoved = drag.current !== undefined && chosen !== drag.current.heightPx;
        drag.current = undefined;
        if (isMoved) onEnd(chosen);
      }}
    />
  );
}
