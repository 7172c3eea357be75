/* The props that all line plots share, whichever library draws them (docs/adr/019-charts.md). */

/** A line and its style. */
export interface PlotLine {
  /** The key of its values in the points. */
  key: string;
  name: string;
  /** A CSS colour from the tokens. */
  color: string;
  /** The lengths of dashes and gaps in pixels, as in SVG (`4 3`). A solid line without it. */
  dash?: string | undefined;
  /** In pixels. 2 by default. */
  width?: number;
}

/** The values of all lines at one position of the axis. Null is a gap. */
export interface PlotPoint {
  x: number;
  values: Readonly<Record<string, number | null>>;
}

/** Lines over a numeric axis: seconds, percentiles, or runs in order. */
export interface LinePlotProps<Line extends PlotLine = PlotLine> {
  /** The label for screen readers. */
  label: string;
  /** Sorted by ascending `x`. */
  points: readonly PlotPoint[];
  lines: readonly Line[];
  /** The ends of the horizontal axis. */
  xRange: readonly [from: number, to: number];
  /** The ticks of the value axis, which extends from the first to the last of them. */
  yTicks: readonly number[];
  formatX(x: number): string;
  format(value: number | null): string;
  /** A tick of the value axis, as short as possible. */
  formatAxis(value: number): string;
}

/** The index of the point nearest to `x`, or -1 without points. */
export function nearest(points: readonly PlotPoint[], x: number): number {
  return points.reduce(
    (best, point, place) =>
      Math.abs(point.x - x) < Math.abs((points[best]?.x ?? Number.POSITIVE_INFINITY) - x) ? place : best,
    -1,
  );
}
