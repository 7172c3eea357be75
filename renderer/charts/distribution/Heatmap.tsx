import clsx from 'clsx';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { latencyTick, logTicksWithin, placeOn } from '../../../shared/charts/axis';
import { formatLatency, formatRunTime, formatShare } from '../../../shared/units/format';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { ChartFrame } from '../frame/ChartFrame';
import chart from '../frame/charts.module.css';
import { percent } from '../frame/percent';
import { useSize, useThemeVersion } from '../plot/canvas';
import { useScheduledWork } from '../scheduling/useScheduled';
import styles from './Heatmap.module.css';

interface HeatmapProps {
  name: string;
  title: string;
  /** The share of requests in each bin, for each time column. */
  columns: readonly (readonly number[])[];
  /** The ends of the bins, ascending. */
  binsMs: readonly number[];
  columnS: number;
  /** The number of columns of the axis. Charts side by side share it. */
  width: number;
  /** The second at which the first column begins. */
  fromS?: number;
  /** An overlay as wide as the cells. */
  children?: ReactNode;
}

type Content = Pick<HeatmapProps, 'columns' | 'binsMs' | 'width'>;

/** An image with one pixel for each column and bin, more opaque for a greater share. */
function pixelsOf({ columns, binsMs, width }: Content): OffscreenCanvas {
  const bins = binsMs.length - 1;
  const pixels = new OffscreenCanvas(width, bins);
  const image = new ImageData(width, bins);
  columns.forEach((column, x) => {
    column.forEach((share, bin) => {
      // The square root makes rare slow requests visible beside the many fast ones.
      if (share > 0)
        image.data[4 * ((bins - 1 - bin) * width + x) + 3] = 255 * Math.min(1, 0.08 + 0.92 * Math.sqrt(share));
    });
  });
  pixels.getContext('2d')?.putImageData(image, 0, 0);
  return pixels;
}

/** Draws all cells at once. As separate elements, a long run would need thousands each second. */
function draw(canvas: HTMLCanvasElement, content: Content): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  context.imageSmoothingEnabled = false;
  context.drawImage(pixelsOf(content), 0, 0, canvas.width, canvas.height);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = getComputedStyle(canvas).color;
  context.fillRect(0, 0, canvas.width, canvas.height);
}

function HeatmapCanvas({ title, columns, binsMs, width }: Content & { title: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [version, setVersion] = useState(0);
  const theme = useThemeVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size or theme is a reason to draw anew
  const drawThis = useCallback(() => {
    if (canvas.current) draw(canvas.current, { columns, binsMs, width });
  }, [columns, binsMs, width, version, theme]);
  useScheduledWork(canvas, drawThis);
  const onSize = useCallback(() => setVersion((drawn) => drawn + 1), []);
  useSize(canvas, onSize);
  return <canvas ref={canvas} role="img" aria-label={title} />;
}

/** The start of the bin with the most requests, in ms. Null without requests. */
function heaviestMs(column: readonly number[], binsMs: readonly number[]): number | null {
  const most = Math.max(...column);
  return most > 0 ? (binsMs[column.indexOf(most)] ?? null) : null;
}

/** The latencies beside the cells. The bins, and therefore the scale, are logarithmic. */
function HeatmapScale({ binsMs }: Pick<HeatmapProps, 'binsMs'>) {
  return (
    <div className={clsx(styles.heatmapScale, shared.quiet)} aria-hidden="true">
      {logTicksWithin(binsMs[0] ?? 1, binsMs.at(-1) ?? 10).map((ms) => (
        <span key={ms} style={{ bottom: percent(placeOn(binsMs, ms)) }}>
          {latencyTick(ms)}
        </span>
      ))}
    </div>
  );
}

/** The distribution of latencies over time: the darker a cell, the larger its share of the requests of that time. */
export function Heatmap({ name, title, columns, binsMs, columnS, width, fromS = 0, children }: HeatmapProps) {
  return (
    <ChartFrame
      name={name}
      title={title}
      legend={null}
      table={() => (
        <div className={chart.chartTable}>
          <table className={shared.numbers} aria-label={title}>
            <HeaderRow titles={['From', 'Most frequent latency', 'Share of requests']} />
            <tbody>
              {columns.map((column, x) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place in time only
                <tr key={x}>
                  <th scope="row">{formatRunTime(fromS + x * columnS)}</th>
                  <td>{formatLatency(heaviestMs(column, binsMs))}</td>
                  <td>{formatShare(Math.max(...column))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    >
      <div className={clsx(styles.heatmap, children !== undefined && styles.lane)}>
        <HeatmapScale binsMs={binsMs} />
        <div className={styles.heatmapPlot}>
          <HeatmapCanvas title={title} columns={columns} binsMs={binsMs} width={width} />
          {children}
        </div>
        <div className={clsx(styles.heatmapTime, shared.quiet)} aria-hidden="true">
          <span>{formatRunTime(fromS)}</span>
          <span>{formatRunTime(fromS + width * columnS)}</span>
        </div>
      </div>
    </ChartFrame>
  );
}
