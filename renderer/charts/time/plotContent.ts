import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import type { LinePlotProps, PlotLine } from '../plot/linePlot';

/** A line over time. */
export interface TimeLine extends PlotLine {
  /** The other line of a filled band. */
  bandTo?: string;
}

/** A dotted line at a limit, in the colour of its line. Seconds in which that line is above it are marked. */
export interface LimitLine {
  value: number;
  label: string;
  lineKey: string;
}

/** The start of a stage of the load. */
export interface StageMark {
  t: number;
  name: string;
}

/** The fixed content of a plot. Values and range are set each second. */
export interface PlotContent extends Pick<LinePlotProps<TimeLine>, 'lines' | 'formatX' | 'formatAxis'> {
  limits: readonly LimitLine[];
  marks: readonly StageMark[];
  moments: readonly MomentMark[];
  /** The start of the measured part. Everything before it is the warm-up. */
  measuredFromS: number;
}
