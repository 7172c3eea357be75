import { failures, type ImportedFigures, percentiles, withUnknowns } from '../importer';
import { known, numberIn, parseDecimal, parseDurationMs } from '../numbers';
import { isStillWithout, nextLine, type TextReport } from './textReport';

/*
 * The tables that autocannon 1 to 9 prints (lib/printResult.js). A Windows shell turns their lines into other
 * characters, so every non-ASCII character divides cells. Large numbers are rounded, as in `12k requests`.
 */

const divider = /(?:[^\x20-\x7e]|\|)+/;
const head = /\bStat\b.*97\.5%.*\bMax\b/;

function cellsOf(line: string): string[] {
  const cells = line.split(divider).map((cell) => cell.trim());
  // A table begins and ends with a line.
  return cells.filter((cell, index) => cell !== '' || (index > 0 && index < cells.length - 1));
}

/** Parses `12k`, `1.5M` or `1,234`. */
function countOf(text: string): number {
  const [, amount = '', unit = ''] = /^([\d.,]+)(k|M|B)?$/i.exec(text.trim()) ?? [];
  const scales: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(amount) ? amount.replaceAll(',', '') : amount;
  return Math.round(parseDecimal(plain) * (scales[unit.toLowerCase()] ?? Number.NaN));
}

/** Returns the cells of the row `Latency`, keyed by the names in the row before it, such as `2.5%`, `Avg` and `Max`. */
function latencyRow(lines: readonly string[]): Map<string, number> {
  const at = lines.findIndex((line) => head.test(line));
  const names = cellsOf(lines[at] ?? '');
  const row =
    lines
      .slice(at + 1, at + 4)
      .map(cellsOf)
      .find(([name]) => name === 'Latency') ?? [];
  return new Map(names.map((name, index) => [name, parseDurationMs((row[index] ?? '').replace(/^([\d.]+)$/, '$1ms'))]));
}

/** Returns the rows of the table that `--latency` adds: a percentile and whole milliseconds. */
function percentileRows(lines: readonly string[]): [string, number][] {
  const at = lines.findIndex((line) => /Percentile.*Latency \(ms\)/.test(line));
  if (at < 0) return [];
  return lines.slice(at + 1).flatMap((line): [string, number][] => {
    const [rank = '', value = '', ...others] = cellsOf(line);
    const isRow = others.length === 0 && /^\d{1,2}(\.\d{1,5})?$/.test(rank) && /^\d+(\.\d+)?$/.test(value);
    return isRow ? [[String(Number(rank)), Number(value)]] : [];
  });
}

function figuresOf(lines: readonly string[]): ImportedFigures {
  const text = lines.join('\n');
  const [, sent = '', seconds = ''] = /([\d.,]+[kMB]?) requests in ([\d.]+)s\b/i.exec(text) ?? [];
  const count = countOf(sent);
  if (!Number.isInteger(count)) throw new TypeError('the run of autocannon did not complete');
  const latency = latencyRow(lines);
  if (latency.size === 0) throw new TypeError('the table of latencies is missing');
  const failedAnswers = numberIn(text, /(\d+) non 2xx responses/) ?? 0;
  const [, errors = '0'] = /([\d.,]+[kMB]?) errors \(/i.exec(text) ?? [];
  const failed = failedAnswers + countOf(errors);
  const ranks = [...latency].flatMap(([name, ms]) => {
    const [, rank] = /^(\d{1,2}(?:\.\d+)?)%$/.exec(name) ?? [];
    return rank === undefined ? [] : [[String(Number(rank)), ms] as const];
  });
  const durationMs = known(parseDecimal(seconds) * 1_000);
  const notes = [
    'autocannon has no P95, and its text does not say when the run started: run it with --json for the whole result.',
    'Latencies are whole milliseconds: 0.4 ms reads as 0.',
  ];
  if (/[kMB]$/i.test(sent)) notes.push(`The number of requests, ${sent}, is rounded in the text, and so is the rate.`);
  if (/[kMB]$/i.test(errors)) notes.push(`The number of errors, ${errors}, is rounded in the text.`);
  if (failedAnswers > 0) notes.push('The latencies include responses that were not 2xx.');
  return withUnknowns({
    tool: 'autocannon',
    subject: /test @ (\S+)/.exec(text)?.[1]?.slice(0, 2_000) ?? null,
    durationMs,
    latency: { starts: 'send', ends: 'last-byte', resolution: '1 ms', includesFailures: failedAnswers > 0 },
    metrics: {
      http_req_duration: {
        count: null,
        min: null,
        mean: known(latency.get('Avg')),
        max: known(latency.get('Max')),
        percentiles: percentiles(Object.fromEntries([...ranks, ...percentileRows(lines)])),
      },
      http_reqs: { count, rate: durationMs ? (count * 1_000) / durationMs : null },
      http_req_failed: failures(Math.min(count, failed), count),
      by_operation: {},
    },
    notes,
  });
}

export const autocannonText: TextReport = {
  begins: (lines, index, section) => {
    const line = lines[index] ?? '';
    if (/^Running .+ test @ /.test(line)) return /^\d+ connections?\b/.test(nextLine(lines, index));
    return head.test(line) && !isStillWithout(section, autocannonText, head);
  },
  read: figuresOf,
};
