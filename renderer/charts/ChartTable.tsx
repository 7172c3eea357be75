import type { ChartPoint, Series } from '../../shared/charts/chartData';
import { HeaderRow } from '../ui/HeaderRow';

interface ChartTableProps {
  title: string;
  points: readonly ChartPoint[];
  series: readonly Series[];
  format(value: number | null): string;
}

/** The figures of a chart as a table. */
export function ChartTable({ title, points, series, format }: ChartTableProps) {
  return (
    <div className="chart-table">
      <table className="numbers" aria-label={title}>
        <HeaderRow titles={['Second', ...series.map(({ name }) => name)]} />
        <tbody>
          {points.map(({ t, values }) => (
            <tr key={t}>
              <th scope="row">{t}</th>
              {series.map(({ key }) => (
                <td key={key}>{format(values[key] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
