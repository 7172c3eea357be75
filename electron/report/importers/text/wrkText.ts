import type { ImportedLatency } from '../../../../shared/interchange/importedResult';
import { encodeHdr } from '../../../hdr/hdrCodec';
import { failures, type ImportedFigures, latencyOf, percentiles, withUnknowns } from '../importer';
import { known, numberIn, parseDurationMs } from '../numbers';
import { betweenLines, spectrumOf, statedIn, statedRanks } from './spectrum';
import { isStillWithout, nextLine, type TextReport } from './textReport';

/*
 * The texts of wrk 4.1 and wrk2 4.0. Without `--latency` they have a mean and a maximum latency, and no percentiles.
 * wrk2 measures from the intended send, and prints its distribution as a spectrum.
 */

const threads = /^\s+\d+ threads? and \d+ connections?$/;

/**
 * Parses lines such as `50.000%    1.23ms`. With `-U` they are repeated as wrk2 would have measured without the
 * schedule; only the first ones count.
 */
function percentilesOf(lines: readonly string[]): ImportedLatency['percentiles'] {
  const found = new Map<string, number>();
  for (const line of lines) {
    const [, rank, value = ''] = /^\s*(\d{1,3}(?:\.\d+)?)%\s+(\S+)\s*$/.exec(line) ?? [];
    const name = String(Number(rank));
    if (rank !== undefined && !found.has(name) && Number(rank) < 100) found.set(name, parseDurationMs(value));
  }
  return percentiles(Object.fromEntries(found));
}

function latencyIn(lines: readonly string[], text: string, answers: number): ImportedLatency {
  const [, average = '', max = ''] = /^\s*Latency\s+(\S+)\s+\S+\s+(\S+)/m.exec(text) ?? [];
  const ranks = percentilesOf(lines);
  const stated = { mean: known(parseDurationMs(average)), max: known(parseDurationMs(max)) };
  const histogram = spectrumOf(lines);
  if (!histogram) return { count: answers, min: null, ...stated, percentiles: ranks };
  const summary = latencyOf(histogram);
  return {
    ...summary,
    mean: statedIn(text, 'Mean') ?? stated.mean,
    max: statedIn(text, 'Max') ?? stated.max,
    percentiles: { ...summary.percentiles, ...statedRanks(lines), ...ranks },
  };
}

function figuresOf(lines: readonly string[]): ImportedFigures {
  const text = lines.join('\n');
  const answers = numberIn(text, /^\s*(\d+) requests in /m);
  if (answers === undefined) throw new TypeError('the run of wrk did not complete');
  const isCorrected = /Recorded Latency|Detailed Percentile spectrum|Thread calibration/.test(text);
  const lasted = /requests in (\S+),/.exec(text)?.[1] ?? '';
  const [connect = 0, read = 0, write = 0, late = 0] =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1).map(Number) ?? [];
  const failedAnswers = numberIn(text, /Non-2xx or 3xx responses: (\d+)/) ?? 0;
  const count = answers + connect + read + write;
  const failed = Math.min(count, failedAnswers + connect + read + write + late);
  const latency = latencyIn(lines, text, answers);
  const histogram = spectrumOf(lines);
  const notes = ['wrk does not say when the run started.'];
  if (histogram) notes.unshift(betweenLines);
  if (Object.keys(latency.percentiles).length === 0)
    notes.unshift('There are no percentiles in the file: run wrk with --latency for them.');
  if (late > 0)
    notes.push(
      `${late} responses came after the timeout of wrk: they count as failed, and their latencies are not in the file.`,
    );
  if (failedAnswers > 0) notes.push('The latencies include responses that were neither 2xx nor 3xx.');
  return withUnknowns({
    tool: isCorrected ? 'wrk2' : 'wrk',
    subject: /test @ (\S+)/.exec(text)?.[1]?.slice(0, 2_000) ?? null,
    durationMs: known(parseDurationMs(lasted)),
    latency: {
      starts: isCorrected ? 'intended' : 'send',
      ends: 'last-byte',
      resolution: '1 us, three digits',
      includesFailures: failedAnswers > 0,
    },
    metrics: {
      http_req_duration: latency,
      http_reqs: { count, rate: known(numberIn(text, /^Requests\/sec:\s+(\d+(?:\.\d+)?)/m)) },
      http_req_failed: failures(failed, count),
      by_operation: {},
    },
    histogram: histogram ? encodeHdr(histogram) : null,
    notes,
  });
}

export const wrkText: TextReport = {
  begins: (lines, index, section) => {
    const line = lines[index] ?? '';
    if (/^Running .+ test @ /.test(line)) return threads.test(nextLine(lines, index));
    // A text whose first lines are missing.
    return /^\s*Thread Stats\s+Avg\s+Stdev\s+Max/.test(line) && !isStillWithout(section, wrkText, /^\s*Thread Stats/);
  },
  read: figuresOf,
};
