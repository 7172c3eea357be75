import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';

/** Counts up whenever the colours of the page become others, for what is drawn on a canvas. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const theme = window.matchMedia('(prefers-color-scheme: dark)');
    const changed = (): void => setVersion((before) => before + 1);
    theme.addEventListener('change', changed);
    return () => theme.removeEventListener('change', changed);
  }, []);
  return version;
}

/** A colour of the tokens, such as `var(--accent)`, as it is now; a canvas does not know variables. */
export function resolveColor(element: Element, color: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
  return name === undefined ? color : getComputedStyle(element).getPropertyValue(name).trim();
}

/** Calls `onSize` with the size of an element, now and whenever it is another. */
export function useSize(
  element: RefObject<HTMLElement | null>,
  onSize: (size: { width: number; height: number }) => void,
): void {
  useEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const observer = new ResizeObserver(() => onSize({ width: observed.clientWidth, height: observed.clientHeight }));
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element, onSize]);
}

/** Keeps a plot as large as its element. */
export function usePlotSize(element: RefObject<HTMLElement | null>, plot: RefObject<uPlot | undefined>): void {
  const onSize = useCallback(
    (size: { width: number; height: number }) => {
      if (size.width > 0 && size.height > 0) plot.current?.setSize(size);
    },
    [plot],
  );
  useSize(element, onSize);
}

/** Pictures that wait to be drawn, by the element that they are in. */
const waiting = new Map<Element, () => void>();

function drawNext(): void {
  const [next] = waiting;
  if (!next) return;
  const [element, draw] = next;
  waiting.delete(element);
  if (waiting.size > 0) requestAnimationFrame(drawNext);
  draw();
}

/**
 * Has `draw` called whenever it is another, as soon as the element is in sight. Of all pictures one is drawn in each
 * frame: a second of a run changes ten of them, and together they would keep the window from answering.
 */
export function useDrawing(element: RefObject<Element | null>, draw: () => void): void {
  const latest = useRef<(() => void) | undefined>(undefined);
  const isInSight = useRef(false);
  const enqueue = useCallback(() => {
    const drawn = element.current;
    if (!drawn || !isInSight.current || !latest.current) return;
    if (waiting.size === 0) requestAnimationFrame(drawNext);
    waiting.set(drawn, latest.current);
    latest.current = undefined;
  }, [element]);
  useEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const observer = new IntersectionObserver((entries) => {
      isInSight.current = entries.at(-1)?.isIntersecting ?? false;
      enqueue();
    });
    observer.observe(observed);
    return () => {
      observer.disconnect();
      waiting.delete(observed);
    };
  }, [element, enqueue]);
  useEffect(() => {
    latest.current = draw;
    enqueue();
  }, [draw, enqueue]);
}
