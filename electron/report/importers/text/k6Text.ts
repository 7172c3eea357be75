import type { ImportedLatency, ImportedResult } from '../../../../shared/interchange/importedResult';
import {
  durationAtRate,
  failures,
  type ImportedFigures,
  percentiles,
  withoutRequests,
  withUnknowns,
} from '../importer';
import { noLatency } from '../k6';
import { k6Latency } from '../k6Latency';
import { known, parseDecimal, parseDurationMs } from '../numbers';
import type { TextReport } from './textReport';

/*
 * The summary that k6 0.26 to 2 prints at the end of a test (js/summary.js, internal/output/summary). It has a line for
 * each metric, with dots after the name. Since k6 1.0 thresholds are listed in a separate part. Before that, a mark
 * before a metric said whether all of its thresholds passed. A Windows shell turns the marks into other characters.
 */

const metricLine = (name: string): RegExp => new RegExp(`^\\W*${name}\\.*:\\s`);
const requests = metricLine('http_reqs');
const durations = metricLine('http_req_duration');

/** Parses `avg=1.2ms min=400µs med=1ms max=9ms p(90)=2ms p(95)=2.6ms`. */
function trendIn(line: string | undefined, count: number | null): ImportedLatency | undefined {
  const values = new Map(
    [...(line ?? '').matchAll(/([a-z]+|p\(\d{1,3}(?:\.\d+)?\))=(\S+)/g)].map(([, name = '', text = '']) => [
      name,
      text,
    ]),
  );
  if (values.size === 0) return undefined;
  // k6 has seconds beside minutes (1m30s): a fraction of a minute is one of milliseconds, whose last letter is missing.
  const cut = [...values.values()].find((text) => /\.\d+[mh]$/.test(text));
  if (cut !== undefined) throw new TypeError(`its lines are cut short: "${cut}" is not a duration of k6`);
  const ms = (name: string): number | null => known(parseDurationMs(values.get(name) ?? ''));
  const ranks = [...values.keys()].flatMap((name) => {
    const [, rank] = /^p\((\d{1,2}(?:\.\d{1,5})?)\)$/.exec(name) ?? [];
    return rank === undefined ? [] : [[String(Number(rank)), ms(name)] as const];
  });
  return {
    count: known(parseDecimal(values.get('count') ?? '')) ?? count,
    min: ms('min'),
    mean: ms('avg'),
    max: ms('max'),
    percentiles: percentiles({ 50: ms('med'), ...Object.fromEntries(ranks) }),
  };
}

/**
 * Returns the number of failed requests. It is the 10 in `0.25% 10 out of 4000`; k6 0 prints two marked numbers, 10 and
 * 3990.
 */
function failedIn(line: string | undefined): number | undefined {
  const [, failed] = /:\s+[\d.]+%\s+(?:[^\s\d]+\s+)?(\d+)\s+(?:out of|[^\s\d]+)\s+\d+/.exec(line ?? '') ?? [];
  return failed === undefined ? undefined : Number(failed);
}

/** Check marks and ballot marks, and their forms in the code pages 437 and 850. */
const passedMark = /^(?:[\u2713\u2714]|.£ô)$/;
const failedMark = /^(?:[\u2717\u2718]|.£ù)$/;

/** Returns the thresholds from their separate part: the name of a metric, then a line for each expression. */
function thresholdsIn(lines: readonly string[]): ImportedResult['thresholds'] {
  let metric = '';
  let parent = '';
  return lines.flatMap((line): ImportedResult['thresholds'] => {
    const [, mark = '', expression] = /^\s*(\S{1,3})\s+'([^']+)'/.exec(line) ?? [];
    if (expression !== undefined && (passedMark.test(mark) || failedMark.test(mark)))
      return [{ metric, expression, ok: passedMark.test(mark) }];
    const [, name] = /^\s*([a-z][\w]*|\{[^{}]*\})$/i.exec(line) ?? [];
    if (name === undefined) return [];
    if (!name.startsWith('{')) parent = name;
    metric = name.startsWith('{') ? `${parent}${name}` : name;
    return [];
  });
}

function figuresOf(lines: readonly string[]): ImportedFigures {
  const has = (pattern: RegExp): string | undefined => lines.find((line) => pattern.test(line));
  const [, total = '', perSecond = ''] = /:\s+(\d+)\s+([\d.]+)\/s/.exec(has(requests) ?? '') ?? [];
  const count = parseDecimal(total);
  const at = lines.findIndex((line) => durations.test(line));
  if (!Number.isInteger(count) || at < 0)
    throw withoutRequests('a summary of k6 without http_reqs: its script sent no HTTP');
  const failed = failedIn(has(metricLine('http_req_failed')));
  // The lines of its tags stand below the metric.
  const below = lines.slice(at + 1, at + 8);
  const expected = below.find((line) => /^\W*\{ ?expected_response:true ?\}/.test(line));
  const successful = trendIn(expected, count - (failed ?? 0));
  const latency = successful && failed === count ? noLatency : (successful ?? trendIn(lines[at], count));
  if (!latency) throw new TypeError('the line http_req_duration has no figures');
  const rate = known(parseDecimal(perSecond));
  const includesFailures = successful === undefined && failed !== 0;
  const thresholds = thresholdsIn(lines);
  const marked = lines.filter((line) => failedMark.test(/^\s*(\S{1,3})\s+[a-z_]+\.*: /.exec(line)?.[1] ?? ''));
  const notes = ['A summary of k6 has percentiles and no distribution; its text does not say when the run started.'];
  if (includesFailures)
    notes.push('The percentiles include failed requests: the summary has none of successful requests alone.');
  if (thresholds.length === 0 && marked.length > 0)
    notes.push(
      `k6 marked metrics whose thresholds failed: ${marked.map((line) => line.trim().split(/\s+/)[1]?.replace(/\.*:$/, '')).join(', ')}.`,
    );
  return withUnknowns({
    tool: 'k6',
    subject: subjectIn(lines),
    durationMs: durationAtRate(count, rate),
    latency: { ...k6Latency, resolution: 'as printed, 10 ns or more', includesFailures },
    metrics: {
      http_req_duration: latency,
      http_reqs: { count, rate },
      http_req_failed: failed === undefined ? null : failures(failed, count),
      by_operation: {},
    },
    thresholds,
    notes,
  });
}

function subjectIn(lines: readonly string[]): string | null {
  const line = lines.find((each) => /^\s*script: \S/.test(each));
  return line?.replace(/^\s*script: /, '').slice(0, 2_000) ?? null;
}

const heading = /^\W*(THRESHOLDS|TOTAL RESULTS)$/;
const total = /^\W*TOTAL RESULTS$/;

export const k6Text: TextReport = {
  begins: (lines, index, section) => {
    const line = lines[index] ?? '';
    if (/^\s*execution: (local|cloud)\b/.test(line)) return true;
    if (!heading.test(line) && !/^\W*(data_received|http_req_blocked|http_req_duration)\.*:\s/.test(line)) return false;
    if (section?.report !== k6Text) return true;
    // Another summary begins when a heading comes again or, before k6 1.0, a metric that stands before http_reqs.
    if (section.lines.some((before) => total.test(before))) return heading.test(line);
    return !heading.test(line) && section.lines.some((before) => requests.test(before));
  },
  read: figuresOf,
};
