import type { RunDocument } from '../../../shared/run/document';
import { LatencyHistogram, leastValueUs, type SparseHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import { formatShare } from '../../../shared/units/format';
import { encodeHdr } from '../../hdr/hdrCodec';
import type { SecondOfOperation } from '../../history/responseBlocks';

/** A tag has no comma, blank or line break in this format. */
function tagOf(operation: string): string {
  return operation.replace(/[\s,]+/g, '_');
}

function blobOf(sparse: SparseHistogram): string {
  const histogram = new LatencyHistogram();
  histogram.mergeSparse(sparse);
  return encodeHdr(histogram);
}

/**
 * Returns the response times of a run as a HdrHistogram log (format version 1.3; HistogramLogWriter of HdrHistogram).
 * It has a histogram for each second and operation, with the operation as its tag. Values are in microseconds, and the
 * maximum of an interval is in milliseconds.
 */
export function toHlog(
  { startedAt }: Pick<RunDocument, 'startedAt'>,
  histograms: readonly SecondOfOperation[],
): string {
  const startS = Date.parse(startedAt) / 1_000;
  const stepShare = histograms.reduce((widest, second) => Math.max(widest, second.stepShare ?? 0), 0);
  const head = [
    '#[Proofload: response time in microseconds, a histogram for each second and operation]',
    ...(stepShare > 0
      ? [
          `#[Values are kept in steps of ${formatShare(stepShare)}; least, P50, P95, P99 and greatest of each are exact]`,
        ]
      : []),
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${startS.toFixed(3)} (seconds since epoch), ${startedAt}]`,
    `#[BaseTime: ${startS.toFixed(3)} (seconds since epoch)]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
  ];
  const rows = histograms.map(({ t, operation, histogram }) => {
    const max = toMs(leastValueUs(histogram.indexes.at(-1) ?? 0));
    return `Tag=${tagOf(operation)},${(t - 1).toFixed(3)},1.000,${max.toFixed(3)},${blobOf(histogram)}`;
  });
  return `${[...head, ...rows].join('\n')}\n`;
}
