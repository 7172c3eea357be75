import { type ReactNode, useRef, useState } from 'react';
import { ResponsiveContainer } from 'recharts';
import type { SvgChart, SvgColors } from '../../shared/charts/svgChart';
import { SaveChart } from './SaveChart';

interface ChartFrameProps {
  /** What tests and styles know the chart by. */
  name: string;
  title: string;
  legend: ReactNode;
  /** The same figures as a table. */
  table: ReactNode;
  /** Draws the chart for a file; without it what is seen is taken. */
  picture?: () => { chart: SvgChart; colors: SvgColors } | undefined;
  children: ReactNode;
}

/** What the axes of all charts look like. */
export const axisStyle = { stroke: 'var(--text-quiet)', tickLine: false } as const;
/** What the values of all charts are measured against. */
export const valueAxisStyle = { ...axisStyle, width: 72, axisLine: false } as const;
export const chartMargin = { top: 8, right: 16, bottom: 0, left: 0 } as const;
export const tooltipStyle = {
  background: 'var(--surface-raised)',
  border: '1px solid var(--line)',
  color: 'var(--text)',
} as const;

/** Gives a Recharts chart the size of its frame. */
export function Plot({ children }: { children: ReactNode }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      {children}
    </ResponsiveContainer>
  );
}

/** The panel of a chart: title, legend, the choice between the picture and its table, and the picture as a file. */
export function ChartFrame({ name, title, legend, table, picture, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  return (
    <figure ref={figure} className="chart panel" data-chart={name}>
      <figcaption>
        <span className="chart-title">{title}</span>
        <span className="legend">{legend}</span>
        <button type="button" className="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Chart' : 'Table'}
        </button>
        {!asTable && <SaveChart figure={figure} title={title} picture={picture} />}
      </figcaption>
      {asTable ? table : <div className="chart-canvas">{children}</div>}
    </figure>
  );
}
