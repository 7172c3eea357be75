import type { ReportSeries, RunChart, Tone } from '../../../shared/report/charts/runCharts';
import type { ChartSeries } from './TimeChart';

const tokens: Readonly<Record<string, string>> = {
  throughput: '--throughput',
  reference: '--text-quiet',
  'percentile-50': '--percentile-50',
  'percentile-95': '--percentile-95',
  'percentile-99': '--percentile-99',
  cache: '--cache',
  processor: '--part-fetch',
  'event-loop': '--part-loop',
  garbage: '--part-send',
  heap: '--part-decode',
  // By their rank, colours that are told apart in both themes.
  'error-0': '--failed',
  'error-1': '--percentile-95',
  'error-2': '--part-send',
  'error-3': '--part-other-1',
  'error-4': '--part-handler',
};

const partPrefix = 'part:';

/** How a dashed line is drawn: thinner than what was measured. */
const dashedLook = { dash: '4 3', width: 1.5 } as const;

function colorOf(tone: Tone, colorOfPart: (part: string) => string): string {
  if (tone.startsWith(partPrefix)) return colorOfPart(tone.slice(partPrefix.length));
  return `var(${tokens[tone] ?? '--text'})`;
}

/** A chart of a report in the colours of the window; of one with parts of requests `colorOfPart` knows them. */
export function inColor(
  chart: RunChart,
  colorOfPart: (part: string) => string = () => 'var(--text)',
): Omit<RunChart, 'series'> & { series: readonly ChartSeries[] } {
  const series = chart.series.map(
    ({ tone, dashed = false, ...line }: ReportSeries): ChartSeries => ({
      ...line,
      ...(dashed ? dashedLook : {}),
      color: colorOf(tone, colorOfPart),
    }),
  );
  return { ...chart, series };
}
