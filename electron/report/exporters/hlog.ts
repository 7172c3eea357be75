import type { RunDocument } from '../../../shared/run/document';
import { toMs } from '../../../shared/statistics/latencySummary';
import { decodeHdr } from '../../hdr/hdrCodec';
import type { SecondOfOperation } from '../../history/runSeconds';

/** A tag has no comma, blank or line break in this format. */
function tagOf(operation: string): string {
  return operation.replace(/[\s,]+/g, '_');
}

/**
 * The response times of a run as a HdrHistogram log (format version 1.3; HistogramLogWriter of HdrHistogram): a
 * histogram for each second and operation, which is its tag. Values are microseconds, the interval's maximum is in
 * milliseconds.
 */
export function toHlog(
  { startedAt }: Pick<RunDocument, 'startedAt'>,
  histograms: readonly SecondOfOperation[],
): string {
  const startS = Date.parse(startedAt) / 1_000;
  const head = [
    '#[Proofload: response time in microseconds, a histogram for each second and operation]',
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${startS.toFixed(3)} (seconds since epoch), ${startedAt}]`,
    `#[BaseTime: ${startS.toFixed(3)} (seconds since epoch)]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
  ];
  const rows = histograms.map(({ t, operation, histogram }) => {
    const max = toMs(decodeHdr(histogram).maxUs);
    return `Tag=${tagOf(operation)},${(t - 1).toFixed(3)},1.000,${max.toFixed(3)},${histogram}`;
  });
  return `${[...head, ...rows].join('\n')}\n`;
}
