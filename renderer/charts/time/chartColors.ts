import type { ReportSeries, RunChart, Tone } from '../../../shared/report/charts/runCharts';
import type { ChartSeries } from './TimeChart';

const tokens: Readonly<Record<string, string>> = {
  throughput: '--throughput',
  reference: '--text-quiet',
  'percentile-50': '--percentile-50',
  'percentile-95': '--percentile-95',
  'percentile-99': '--percentile-99',
  cache: '--cache',
  processor: '--processor',
  'event-loop': '--event-loop',
  garbage: '--garbage',
  heap: '--heap',
  // By rank.
  'error-0': '--error-1',
  'error-1': '--error-2',
  'error-2': '--error-3',
  'error-3': '--error-4',
  'error-4': '--error-5',
  'operation-0': '--operation-1',
  'operation-1': '--operation-2',
  'operation-2': '--operation-3',
  'operation-3': '--operation-4',
  'operation-4': '--operation-5',
  'operation-5': '--operation-6',
};

const partPrefix = 'part:';

/** A dashed line is thinner than a line of measurements. */
const dashedLook = { dash: '4 3', width: 1.5 } as const;

function colorOf(tone: Tone, colorOfPart: (part: string) => string): string {
  if (tone.startsWith(partPrefix)) return colorOfPart(tone.slice(partPrefix.length));
  return `var(${tokens[tone] ?? '--text'})`;
}

/** A report chart in the colours of the window. `colorOfPart` has the colours of the parts of requests. */
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
