import { type RefObject, useCallback, useEffect, useState } from 'react';
import type uPlot from 'uplot';
import type { PlotLine, PlotPoint } from './linePlot';

/** The font of axes on a canvas. */
export const canvasFont = '11px "Inter Variable", sans-serif';

/** A number that increases whenever the colours of the page change, for drawings on a canvas. */
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

/** The current value of a colour token such as `var(--accent)`, because a canvas does not resolve variables. */
export function resolveColor(element: Element, color: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
  return name === undefined ? color : getComputedStyle(element).getPropertyValue(name).trim();
}

/** Calls `onSize` with the size of an element, now and after each change. */
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

/** Keeps a plot at the size of its element. */
export function usePlotSize(element: RefObject<HTMLElement | null>, plot: RefObject<uPlot | undefined>): void {
  const onSize = useCallback(
    (size: { width: number; height: number }) => {
      if (size.width > 0 && size.height > 0) plot.current?.setSize(size);
    },
    [plot],
  );
  useSize(element, onSize);
}

/** Points in the format of uPlot: a column of seconds, and one column for each line. */
export function columnsOf(points: readonly PlotPoint[], lines: readonly PlotLine[]): uPlot.AlignedData {
  return [points.map(({ x }) => x), ...lines.map(({ key }) => points.map(({ values }) => values[key] ?? null))];
}
