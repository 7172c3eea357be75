import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import { encodeHdr } from '../../hdr/hdrCodec';
import { type FileImporter, failures, type ImportedFigures, latencyOf } from './importer';
import { maxCount } from './sampleCounters';

/*
 * The texts of wrk 4.1 and wrk2 4.0 with `--latency`, and HdrHistogram's percentile text on its own (also Vegeta's
 * hdrplot). wrk2 counts from the time at which the schedule wanted the request sent. A spectrum gives the distribution
 * at its lines: what lies between two of them counts as the upper one.
 */

const unitMs: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function ms(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(text) ?? [];
  return Number(amount) * (unitMs[unit] ?? Number.NaN);
}

const spectrumLine = /^\s*(\d+(?:\.\d+)?)\s+([01](?:\.\d+)?)\s+(\d+)\s+(?:\d+(?:\.\d+)?|inf)?\s*$/;

/** The distribution behind the lines of a spectrum, whose values are in `scaleMs` milliseconds; undefined without lines. */
function spectrumOf(lines: readonly string[], scaleMs = 1): LatencyHistogram | undefined {
  const histogram = new LatencyHistogram();
  let counted = 0;
  for (const line of lines) {
    const [, value, , total] = spectrumLine.exec(line) ?? [];
    if (value === undefined || total === undefined) continue;
    const count = Number(total) - counted;
    if (count < 0) break;
    if (count > maxCount) throw new RangeError(`${total} requests at one latency`);
    if (count > 0) histogram.record(Number(value) * scaleMs * 1_000, count);
    counted += count;
  }
  return histogram.count > 0 ? histogram : undefined;
}

/** `50.000%    1.23ms`, up to the spectrum, which begins anew for a second histogram. */
function percentilesOf(lines: readonly string[]): ImportedLatency['percentiles'] {
  const found: ImportedLatency['percentiles'] = {};
  for (const line of lines) {
    const [, rank, value] = /^\s*(\d{1,3}(?:\.\d+)?)%\s+(\S+)\s*$/.exec(line) ?? [];
    if (rank === undefined || value === undefined) continue;
    const name = String(Number(rank));
    if (name in found || !Number.isFinite(ms(value))) continue;
    found[name] = ms(value);
  }
  return found;
}

const between = 'Between the lines of the spectrum latencies count as the next higher line.';

/** Reads all numbers of `pattern` in a text, or undefined. */
function numbers(text: string, pattern: RegExp): number[] | undefined {
  return pattern.exec(text)?.slice(1).map(Number);
}

export const wrk: FileImporter = {
  accepts: (head) => /^Running .+ test @ /m.test(head) && head.includes('requests in'),
  read: async (file) => {
    const text = await file.text();
    const lines = text.split(/\r?\n/);
    const corrected = /Recorded Latency|Detailed Percentile spectrum/.test(text);
    const histogram = spectrumOf(lines);
    const [answers = 0] = numbers(text, /^\s*(\d+) requests in /m) ?? [];
    const [, lasted = ''] = /requests in (\d+(?:\.\d+)?(?:us|ms|s|m|h))/.exec(text) ?? [];
    const [rate] = numbers(text, /^Requests\/sec:\s+(\d+(?:\.\d+)?)/m) ?? [];
    const socketErrors = numbers(text, /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/) ?? [0];
    const [failedAnswers = 0] = numbers(text, /Non-2xx or 3xx responses: (\d+)/) ?? [];
    const errors = socketErrors.reduce((sum, count) => sum + count, 0);
    const [, average = '', max = ''] = /^\s*Latency\s+(\S+)\s+\S+\s+(\S+)/m.exec(text) ?? [];
    const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
    const stated = percentilesOf(lines);
    if (Object.keys(stated).length === 0 && !histogram)
      throw new TypeError('no percentiles in it: run it again with --latency');
    const latency: ImportedLatency = histogram
      ? { ...latencyOf(histogram), percentiles: { ...latencyOf(histogram).percentiles, ...stated } }
      : { count: answers, min: null, mean: known(ms(average)), max: known(ms(max)), percentiles: stated };
    const figures: ImportedFigures = {
      tool: corrected ? 'wrk2' : 'wrk',
      toolVersion: null,
      subject: /test @ (\S+)/.exec(text)?.[1]?.slice(0, 2_000) ?? null,
      startedAt: null,
      durationMs: known(ms(lasted)),
      latency: {
        starts: corrected ? 'intended' : 'send',
        ends: 'last-byte',
        resolution: '1 us, three digits',
        includesFailures: failedAnswers > 0,
      },
      metrics: {
        http_req_duration: latency,
        http_reqs: { count: answers + errors, rate: rate ?? null },
        http_req_failed: failures(failedAnswers + errors, answers + errors),
        by_operation: {},
      },
      thresholds: [],
      intervals: [],
      histogram: histogram ? encodeHdr(histogram) : null,
      notes: histogram ? [between] : [],
    };
    return [figures];
  },
};

/** `Value Percentile TotalCount 1/(1-Percentile)`, of HdrHistogram itself or of Vegeta's hdrplot. */
export const hdrText: FileImporter = {
  accepts: (head) => /^\s*Value(\([a-z]+\))?\s+Percentile\s+TotalCount/m.test(head),
  read: async (file) => {
    const text = await file.text();
    const [, unit] = /^\s*Value\(([a-z]+)\)/m.exec(text) ?? [];
    const histogram = spectrumOf(text.split(/\r?\n/), unit === undefined ? 1 : (unitMs[unit] ?? 1));
    if (!histogram) throw new TypeError('no lines of a spectrum in it');
    const [max] = numbers(text, /^#\[Max\s*=\s*(\d+(?:\.\d+)?)/m) ?? [];
    const notes = [between, 'A spectrum does not tell how long the run was, nor what failed.'];
    if (unit === undefined)
      notes.push('The file does not tell the unit of its values: they are taken for milliseconds.');
    const summary = latencyOf(histogram);
    return [
      {
        tool: unit === undefined ? 'hdrhistogram' : 'vegeta',
        toolVersion: null,
        subject: null,
        startedAt: null,
        durationMs: null,
        latency: { starts: 'request', ends: 'last-byte', resolution: 'as recorded', includesFailures: true },
        metrics: {
          http_req_duration: { ...summary, max: max ?? toMs(histogram.maxUs) },
          http_reqs: { count: histogram.count, rate: null },
          http_req_failed: null,
          by_operation: {},
        },
        thresholds: [],
        intervals: [],
        histogram: encodeHdr(histogram),
        notes,
      },
    ];
  },
};
