import clsx from 'clsx';
import { type ReactNode, useContext, useRef, useState } from 'react';
import type { SvgChart, SvgColors } from '../../../shared/charts/svgChart';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import { ScheduledFigure } from '../scheduling/ScheduledChart';
import chart from './charts.module.css';
import { SaveChart } from './SaveChart';

interface ChartFrameProps {
  /** The name of the chart in tests and styles. */
  name: string;
  title: string;
  legend: ReactNode;
  /** The same values as a table. It is created on demand, because it has as many rows as the run has seconds. */
  table(): ReactNode;
  /** Draws the chart for a file. Without it, the visible chart is saved. */
  picture?: () => { chart: SvgChart; colors: SvgColors } | undefined;
  children: ReactNode;
}

/**
 * The panel of a chart: title, legend, a switch between the chart and its table, and the export of the chart as a file.
 */
export function ChartFrame({ name, title, legend, table, picture, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const own = useRef<HTMLElement>(null);
  const figure = useContext(ScheduledFigure) ?? own;
  return (
    <figure ref={figure} className={clsx(chart.chart, shared.panel)} data-chart={name}>
      <figcaption>
        <span className={chart.chartTitle}>{title}</span>
        <span className={chart.legend}>{legend}</span>
        <Button variant="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Chart' : 'Table'}
        </Button>
        {!asTable && <SaveChart figure={figure} title={title} picture={picture} />}
      </figcaption>
      {asTable ? (
        table()
      ) : (
        <div className={chart.chartCanvas} data-chart-canvas>
          {children}
        </div>
      )}
    </figure>
  );
}
