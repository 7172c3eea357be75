import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { ChartPoint } from '../../shared/charts/chartData';
import { useTimeViewStore } from '../store/timeViewStore';
import { usePlotSize, useThemeVersion } from './canvas';
import type { ChartSeries } from './TimeChart';
import { columnsOf, createPlot, nearest, type PlotContent } from './timePlot';
import { useWorkInTurn } from './turns';

interface PlotAreaProps {
  /** What it is called where it is not seen. */
  label: string;
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  content: PlotContent;
  /** The seconds that are shown, and the highest value. */
  from: number;
  to: number;
  top: number;
  format(value: number | null): string;
}

/** The canvas of a chart over time, with its pointer and its keys. */
export function PlotArea({ label, points, series, content, from, to, top, format }: PlotAreaProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const release = useRef<() => void>(undefined);
  const theme = useThemeVersion();
  const [spoken, setSpoken] = useState('');
  usePlotSize(element, plot);

  // Other content or colours take another plot; it is made when it is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what the plot was made of
  useEffect(
    () => () => {
      release.current?.();
      plot.current?.destroy();
      plot.current = undefined;
    },
    [content, theme],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours are a reason to draw anew
  const draw = useCallback(() => {
    const parent = element.current;
    if (!parent) return;
    if (!plot.current) {
      const { setZoom, lookAt } = useTimeViewStore.getState();
      const made = createPlot(parent, content, columnsOf(points, series), { onSecond: lookAt, onZoom: setZoom });
      plot.current = made;
      release.current = useTimeViewStore.subscribe(({ second }) => {
        const left = second === undefined ? -10 : made.valToPos(second, 'x');
        if (!made.over.matches(':hover')) made.setCursor({ left, top: -10 }, false);
      });
    }
    plot.current.batch((drawn: uPlot) => {
      drawn.setData(columnsOf(points, series), false);
      drawn.setScale('x', { min: from, max: to });
      drawn.setScale('y', { min: 0, max: top });
    });
  }, [points, series, from, to, top, content, theme]);
  useWorkInTurn(element, draw);

  const step = (direction: number): void => {
    const { second, lookAt } = useTimeViewStore.getState();
    const last = points.length - 1;
    const place = second === undefined ? last : nearest(points, second) + direction;
    const next = points[Math.min(last, Math.max(0, place))];
    if (!next) return;
    lookAt(next.t);
    setSpoken(
      `${Math.round(next.t * 10) / 10} s: ${series.map(({ key, name }) => `${name} ${format(next.values[key] ?? null)}`).join(', ')}`,
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { lookAt, setZoom } = useTimeViewStore.getState();
    if (event.key === 'ArrowRight') step(1);
    else if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === 'Escape') {
      lookAt(undefined);
      setZoom(undefined);
    } else return;
    event.preventDefault();
  };

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form */}
      <div
        ref={element}
        className="plot"
        role="group"
        aria-roledescription="chart"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys are for those who have no pointer
        tabIndex={0}
        data-points={points.length}
        onKeyDown={onKeyDown}
        onPointerLeave={() => useTimeViewStore.getState().lookAt(undefined)}
      />
      <span className="visually-hidden" role="status">
        {spoken}
      </span>
    </>
  );
}
