/* What every plot of lines takes, whichever library draws it (docs/adr/019-charts.md). */

/** A line and how it is drawn. */
export interface PlotLine {
  /** Under which the points have its values. */
  key: string;
  name: string;
  /** A CSS colour, from the tokens. */
  color: string;
  /** The lengths of dashes and gaps in pixels, as in SVG (`4 3`); a solid line without it. */
  dash?: string | undefined;
  /** In pixels; 2 without it. */
  width?: number;
}

/** The values of all lines at one place of the axis; null is a gap. */
export interface PlotPoint {
  x: number;
  values: Readonly<Record<string, number | null>>;
}

/** Lines over an axis of numbers: seconds, percentiles, or runs in their order. */
export interface LinePlotProps<Line extends PlotLine = PlotLine> {
  /** What a screen reader calls the plot. */
  label: string;
  /** By ascending `x`. */
  points: readonly PlotPoint[];
  lines: readonly Line[];
  /** The ends of the horizontal axis. */
  xRange: readonly [from: number, to: number];
  /** The ticks of the value axis, which ends at the first and the last of them. */
  yTicks: readonly number[];
  formatX(x: number): string;
  format(value: number | null): string;
  /** A tick of the value axis, as short as possible. */
  formatAxis(value: number): string;
}

/** The place of the point that is nearest to `x`; -1 without any. */
export function nearest(points: readonly PlotPoint[], x: number): number {
  return points.reduce(
    (best, point, place) =>
      Math.abs(point.x - x) < Math.abs((points[best]?.x ?? Number.POSITIVE_INFINITY) - x) ? place : best,
    -1,
  );
}
