import { type ReactNode, useContext, useRef, useState } from 'react';
import type { SvgChart, SvgColors } from '../../../shared/charts/svgChart';
import { ScheduledFigure } from '../scheduling/ScheduledChart';
import { SaveChart } from './SaveChart';

interface ChartFrameProps {
  /** What tests and styles know the chart by. */
  name: string;
  title: string;
  legend: ReactNode;
  /** The same figures as a table; made when it is asked for, it has as many rows as a run has seconds. */
  table(): ReactNode;
  /** Draws the chart for a file; without it what is seen is taken. */
  picture?: () => { chart: SvgChart; colors: SvgColors } | undefined;
  children: ReactNode;
}

/** The panel of a chart: title, legend, the choice between the picture and its table, and the picture as a file. */
export function ChartFrame({ name, title, legend, table, picture, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const own = useRef<HTMLElement>(null);
  const figure = useContext(ScheduledFigure) ?? own;
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
      {asTable ? table() : <div className="chart-canvas">{children}</div>}
    </figure>
  );
}
