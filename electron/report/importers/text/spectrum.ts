import type { ImportedLatency } from '../../../../shared/interchange/importedResult';
import { LatencyHistogram } from '../../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../../shared/statistics/latencySummary';
import { encodeHdr } from '../../../hdr/hdrCodec';
import { latencyOf, percentiles, recordMs, withUnknowns } from '../importer';
import { known, numberIn, parseDurationMs } from '../numbers';
import { maxCount } from '../sampleCounters';
import type { TextReport } from './textReport';

/*
 * The percentile text of HdrHistogram (AbstractHistogram.outputPercentileDistribution). It occurs on its own, in the
 * text of wrk2 and, with a unit in its header and without a footer, as Vegeta's hdrplot. A spectrum gives the
 * distribution at its lines. Latencies between two lines count as the upper one.
 */

/** The note on every result that was read from a spectrum. */
export const betweenLines = 'Between the lines of the spectrum, a latency counts as the next higher line.';

const spectrumLine = /^\s*(\d+(?:\.\d+)?)\s+([01](?:\.\d+)?)\s+(\d+)\s+(?:\d+(?:\.\d+)?|inf|Infinity)?\s*$/;
const spectrumHead = /^\s*"?Value(?:\(([^)]+)\))?"?[\s,]+"?Percentile"?[\s,]+"?TotalCount"?/;

/**
 * Returns the distribution behind the lines of a spectrum, whose values are in `scaleMs` milliseconds; undefined
 * without lines.
 */
export function spectrumOf(lines: readonly string[], scaleMs = 1): LatencyHistogram | undefined {
  const histogram = new LatencyHistogram();
  let counted = 0;
  for (const line of lines) {
    const [, value, , total] = spectrumLine.exec(`${line} `) ?? [];
    if (value === undefined || total === undefined) continue;
    const count = Number(total) - counted;
    // A second spectrum starts counting again.
    if (count < 0) break;
    if (count > maxCount) throw new RangeError(`${total} requests at one latency`);
    if (count > 0) recordMs(histogram, Number(value) * scaleMs, count);
    counted += count;
  }
  return histogram.count > 0 ? histogram : undefined;
}

const reported = [50, 75, 90, 95, 99, 99.9];

/** Returns the percentiles for which a spectrum has an exact line, out of those that results have. */
export function statedRanks(lines: readonly string[], scaleMs = 1): ImportedLatency['percentiles'] {
  const stated = new Map<string, number>();
  for (const line of lines) {
    const [, value, share] = spectrumLine.exec(`${line} `) ?? [];
    const rank = reported.find((each) => Math.abs(Number(share) * 100 - each) < 1e-9);
    // With `-U`, wrk2 writes a second spectrum, which ignores its schedule.
    if (rank !== undefined && !stated.has(String(rank))) stated.set(String(rank), Number(value) * scaleMs);
  }
  return percentiles(Object.fromEntries(stated));
}

/** Returns a value from the footer of a spectrum: `#[Mean    =        6.602, StdDeviation   =        1.919]`. */
export function statedIn(text: string, name: 'Mean' | 'Max'): number | null {
  return known(numberIn(text, new RegExp(`#\\[${name}\\s*=\\s*(\\d+(?:\\.\\d+)?)`)));
}

export const spectrumText: TextReport = {
  // The spectrum of wrk2 is part of its text.
  begins: (lines, index, section) =>
    spectrumHead.test(lines[index] ?? '') && (section === undefined || section.report === spectrumText),
  read: (lines) => {
    const text = lines.join('\n');
    const [, unit] = spectrumHead.exec(lines[0] ?? '') ?? [];
    const scaleMs = unit === undefined ? 1 : parseDurationMs(`1${unit}`);
    if (!Number.isFinite(scaleMs)) throw new TypeError(`the unit "${unit}" is not known`);
    const histogram = spectrumOf(lines, scaleMs);
    if (!histogram) throw new TypeError('it has no lines of a spectrum');
    const notes = [betweenLines, 'A spectrum does not say when the run was, how long it was, or what failed.'];
    if (unit === undefined) notes.push('The file does not name the unit of its values: milliseconds are assumed.');
    const summary = latencyOf(histogram);
    return withUnknowns({
      tool: unit === undefined ? 'hdrhistogram' : 'vegeta',
      latency: { starts: 'request', ends: 'last-byte', resolution: 'as recorded', includesFailures: true },
      metrics: {
        http_req_duration: {
          ...summary,
          percentiles: { ...summary.percentiles, ...statedRanks(lines, scaleMs) },
          // Without a footer the mean of a spectrum is unknown: its lines are the upper ends of what they count.
          mean: statedIn(text, 'Mean'),
          max: statedIn(text, 'Max') ?? toMs(histogram.maxUs),
        },
        http_reqs: { count: histogram.count, rate: null },
        http_req_failed: null,
        by_operation: {},
      },
      histogram: encodeHdr(histogram),
      notes,
    });
  },
};
