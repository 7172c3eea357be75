import { areFarApart, axisTicks, logTicks, roomAbove } from '../../../shared/charts/axis';
import { historyTitle } from '../../../shared/report/historyColumns';
import { stateWord } from '../../../shared/report/status';
import type { RunSummary, TrendMetric } from '../../../shared/run/summary';
import type { RunState } from '../../../shared/run/verdict';
import type { PlotPoint } from '../../charts/plot/linePlot';
import { lineOf } from './rowFigures';

/** The runs with marks of one colour. Runs without a verdict share one. */
export const trendMarks = [
  { key: 'passed', states: ['passed'], color: 'var(--passed)' },
  { key: 'failed', states: ['failed', 'aborted'], color: 'var(--failed)' },
  { key: 'inconclusive', states: ['inconclusive'], color: 'var(--inconclusive)' },
  { key: 'interrupted', states: ['interrupted'], color: 'var(--stopped)' },
  { key: 'imported', states: ['imported'], color: 'var(--text-quiet)' },
] as const satisfies readonly { key: RunState; states: readonly RunState[]; color: string }[];

function markOf(verdict: RunState | null): RunState | undefined {
  return trendMarks.find(({ states }) => states.some((state) => state === verdict))?.key;
}

/** The look of the baseline. */
export const baselineLine = {
  key: 'baseline',
  name: 'Baseline',
  color: 'var(--text-quiet)',
  dash: '5 4',
  width: 1.5,
} as const;

/**
 * A mark on each run in the colour of its verdict, and the baseline as a horizontal line. Lines join only runs that can
 * be compared: of the same scenario, on the same target and machine.
 */
export function trendLines(runs: readonly RunSummary[], metric: TrendMetric, baseline: number | null) {
  const values = runs.map((run) => run[metric]);
  const shown = trendMarks.filter(({ key }) => runs.some(({ verdict }) => markOf(verdict) === key));
  const keys = runs.map((run) => `line ${lineOf(run)}`);
  const joined = new Set(keys.filter((key, place) => keys.indexOf(key) !== place));
  const known = [...values, baseline].filter((value) => value !== null);
  // Latencies that a linear axis would flatten to its zero line.
  const isLog = metric.endsWith('Ms') && known.every((value) => value > 0) && areFarApart(known);
  return {
    isLog,
    points: runs.map((run, x): PlotPoint => {
      const mark = markOf(run.verdict);
      const value = run[metric];
      return {
        x,
        values: { [keys[x] ?? '']: value, baseline, ...(mark === undefined ? {} : { [mark]: value }) },
      };
    }),
    lines: [
      ...[...joined].map((key) => ({ key, name: historyTitle(metric), color: 'var(--line-strong)', width: 1.5 })),
      ...(baseline === null ? [] : [baselineLine]),
      ...shown.map(({ key, color }) => ({ key, name: stateWord(key), color, isMarks: true })),
    ],
    xRange: [0, Math.max(1, values.length - 1)] as const,
    yTicks: isLog ? logTicks(Math.min(...known), Math.max(...known)) : axisTicks(roomAbove(Math.max(0, ...known))),
  };
}
