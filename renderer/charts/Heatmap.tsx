import { useCallback, useRef, useState } from 'react';
import { formatLatency, formatNumber, formatShare } from '../../shared/units/format';
import { HeaderRow } from '../ui/HeaderRow';
import { ChartFrame } from './ChartFrame';
import { useDrawing, useSize, useThemeVersion } from './canvas';

interface HeatmapProps {
  name: string;
  title: string;
  /** For each column of time the share of its requests in each bin. */
  columns: readonly (readonly number[])[];
  /** The ends of the bins, ascending. */
  binsMs: readonly number[];
  columnS: number;
  /** How many columns the axis has; runs side by side share it. */
  width: number;
  /** The second at which the first column begins. */
  fromS?: number;
}

type Content = Pick<HeatmapProps, 'columns' | 'binsMs' | 'width'>;

function draw(canvas: HTMLCanvasElement, { columns, binsMs, width }: Content): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const bins = binsMs.length - 1;
  const ratio = window.devicePixelRatio;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  context.fillStyle = getComputedStyle(canvas).color;
  const [wide, high] = [canvas.width / width, canvas.height / bins];
  columns.forEach((column, x) => {
    column.forEach((share, bin) => {
      if (share <= 0) return;
      // The root shows the rare slow requests, which is what one looks for, beside the many fast ones.
      context.globalAlpha = Math.min(1, 0.08 + 0.92 * Math.sqrt(share));
      context.fillRect(x * wide, canvas.height - (bin + 1) * high, Math.ceil(wide), Math.ceil(high));
    });
  });
  context.globalAlpha = 1;
}

function HeatmapCanvas({ title, columns, binsMs, width }: Content & { title: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [version, setVersion] = useState(0);
  const theme = useThemeVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size or theme is a reason to draw anew
  const drawThis = useCallback(() => {
    if (canvas.current) draw(canvas.current, { columns, binsMs, width });
  }, [columns, binsMs, width, version, theme]);
  useDrawing(canvas, drawThis);
  const onSize = useCallback(() => setVersion((drawn) => drawn + 1), []);
  useSize(canvas, onSize);
  return <canvas ref={canvas} role="img" aria-label={title} />;
}

function heaviest(column: readonly number[]): number {
  return column.indexOf(Math.max(...column));
}

/** How latencies are distributed over time: the darker, the more of that time's requests took so long. */
export function Heatmap({ name, title, columns, binsMs, columnS, width, fromS = 0 }: HeatmapProps) {
  const ticks = [1, 0.75, 0.5, 0.25, 0].map((share) => binsMs[Math.round(share * (binsMs.length - 1))] ?? null);
  return (
    <ChartFrame
      name={name}
      title={title}
      legend={null}
      table={
        <div className="chart-table">
          <table className="numbers" aria-label={title}>
            <HeaderRow titles={['From', 'Most requests from', 'Their share']} />
            <tbody>
              {columns.map((column, x) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place in time only
                <tr key={x}>
                  <th scope="row">{formatNumber(fromS + x * columnS)} s</th>
                  <td>{formatLatency(binsMs[heaviest(column)] ?? null)}</td>
                  <td>{formatShare(Math.max(...column))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    >
      <div className="heatmap">
        <div className="heatmap-scale quiet" aria-hidden="true">
          {ticks.map((ms) => (
            <span key={ms}>{formatLatency(ms)}</span>
          ))}
        </div>
        <HeatmapCanvas title={title} columns={columns} binsMs={binsMs} width={width} />
        <div className="heatmap-time quiet" aria-hidden="true">
          <span>{formatNumber(fromS)} s</span>
          <span>{formatNumber(fromS + width * columnS)} s</span>
        </div>
      </div>
    </ChartFrame>
  );
}
