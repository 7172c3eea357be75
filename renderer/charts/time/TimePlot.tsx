import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { useTimeViewStore } from '../../store/timeViewStore';
import shared from '../../ui/shared.module.css';
import chart from '../frame/charts.module.css';
import { columnsOf, usePlotSize, useThemeVersion } from '../plot/canvas';
import { type LinePlotProps, nearest, type PlotPoint } from '../plot/linePlot';
import { useScheduledWork } from '../scheduling/useScheduled';
import { MomentNote } from './MomentNote';
import { markAt, nextMark } from './nearestMark';
import type { LimitLine, PlotContent, StageMark, TimeLine } from './plotContent';
import { createPlot } from './uplotLines';
import { zoomBy } from './zoomBy';

interface TimePlotProps extends LinePlotProps<TimeLine> {
  limits: readonly LimitLine[];
  marks: readonly StageMark[];
  moments: readonly MomentMark[];
}

/** Lines over the seconds of a run on a canvas, drawn by uPlot, with pointer and keyboard control. */
export function TimePlot(props: TimePlotProps) {
  const { label, points, lines, limits, marks, moments, xRange, yTicks, formatX, format, formatAxis } = props;
  const [from, to] = xRange;
  const top = yTicks.at(-1) ?? 1;
  const content = useMemo(
    (): PlotContent => ({ lines, limits, marks, moments, formatX, formatAxis, measuredFromS: 0 }),
    [lines, limits, marks, moments, formatX, formatAxis],
  );
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const release = useRef<() => void>(undefined);
  const theme = useThemeVersion();
  const [spoken, setSpoken] = useState('');
  usePlotSize(element, plot);

  // New content or colours need a new plot, which is created when it is drawn.
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
      const made = createPlot(parent, content, columnsOf(points, lines), { onSecond: lookAt, onZoom: setZoom });
      plot.current = made;
      release.current = useTimeViewStore.subscribe(({ second }) => {
        const left = second === undefined ? -10 : made.valToPos(second, 'x');
        if (!made.over.matches(':hover')) made.setCursor({ left, top: -10 }, false);
      });
    }
    plot.current.batch((drawn: uPlot) => {
      drawn.setData(columnsOf(points, lines), false);
      drawn.setScale('x', { min: from, max: to });
      drawn.setScale('y', { min: 0, max: top });
    });
  }, [points, lines, from, to, top, content, theme]);
  useScheduledWork(element, draw);

  const lookAtPoint = (point: PlotPoint | undefined, second = point?.x): void => {
    if (!point) return;
    useTimeViewStore.getState().lookAt(second);
    const values = lines.map(({ key, name }) => `${name} ${format(point.values[key] ?? null)}`).join(', ');
    const moment = markAt(moments, second, xRange);
    setSpoken(`${formatX(point.x)}: ${values}${moment ? `. ${moment.text}` : ''}`);
  };
  const step = (direction: 1 | -1): void => {
    const { second } = useTimeViewStore.getState();
    const last = points.length - 1;
    const place = second === undefined ? last : nearest(points, second) + direction;
    lookAtPoint(points[Math.min(last, Math.max(0, place))]);
  };
  const stepMoment = (direction: 1 | -1): void => {
    const next = nextMark(moments, useTimeViewStore.getState().second, direction, xRange);
    if (next) lookAtPoint(points[nearest(points, next.fromS + 1)], next.fromS + 1);
    else setSpoken(direction > 0 ? 'No moment after this.' : 'No moment before this.');
  };
  const zoomTo = (factor: number): void => {
    const { second, setZoom } = useTimeViewStore.getState();
    const full = [Math.min(0, points[0]?.x ?? 0), Math.max(to, points.at(-1)?.x ?? 0)] as const;
    const zoom = zoomBy(xRange, second, factor, full);
    setZoom(zoom);
    setSpoken(zoom ? `${formatX(Math.floor(zoom.from))} to ${formatX(Math.ceil(zoom.to))}` : 'All seconds');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { lookAt, setZoom } = useTimeViewStore.getState();
    const go = event.shiftKey ? stepMoment : step;
    if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === '+' || event.key === '=') zoomTo(0.5);
    else if (event.key === '-') zoomTo(2);
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
        className={chart.plot}
        role="group"
        aria-roledescription="chart"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys are for those who have no pointer
        tabIndex={0}
        data-points={points.length}
        onKeyDown={onKeyDown}
        onPointerLeave={() => useTimeViewStore.getState().lookAt(undefined)}
      />
      <MomentNote moments={moments} range={xRange} />
      <span className={shared.visuallyHidden} role="status">
        {spoken}
      </span>
    </>
  );
}
