import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import type { LinePlotProps, PlotLine } from '../plot/linePlot';
import chart from './charts.module.css';

interface ChartTableProps extends Pick<LinePlotProps, 'points' | 'formatX' | 'format'> {
  title: string;
  xTitle: string;
  lines: readonly Pick<PlotLine, 'key' | 'name'>[];
}

/** The values of a chart as a table. */
export function ChartTable({ title, xTitle, points, lines, formatX, format }: ChartTableProps) {
  return (
    <div className={chart.chartTable}>
      <table className={shared.numbers} aria-label={title}>
        <HeaderRow titles={[xTitle, ...lines.map(({ name }) => name)]} />
        <tbody>
          {points.map(({ x, values }) => (
            <tr key={x}>
              <th scope="row">{formatX(x)}</th>
              {lines.map(({ key }) => (
                <td key={key}>{format(values[key] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
