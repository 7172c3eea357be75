import type { ImportedLatency, ImportedTool } from '../../../../shared/interchange/importedResult';
import { meanLeftOut } from '../ghz';
import { failures, type ImportedFigures, percentiles, withUnknowns } from '../importer';
import { known, numberIn, parseDecimal, parseDurationMs } from '../numbers';
import type { TextReport } from './textReport';

/*
 * The texts of hey 0.1 (requester/print.go), oha 1 (src/printer.rs) and ghz (printer/template.go), which have one
 * origin. The latencies of hey include failed responses. So do those of oha, except with `--stats-success-breakdown`.
 * In ghz only the mean includes them.
 */

type Tool = Extract<ImportedTool, 'hey' | 'oha' | 'ghz'>;

/** Returns the lines after a heading, up to the next one. */
function under(lines: readonly string[], heading: RegExp): readonly string[] {
  const from = lines.findIndex((line) => heading.test(line));
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const length = rest.findIndex((line) => /^\S.*:$/.test(line));
  return length < 0 ? rest : rest.slice(0, length);
}

/** Parses counts by name: `  [200]\t199 responses` or, for errors, `  [3]\tconnection refused`. */
function countsOf(lines: readonly string[], shape: 'name-first' | 'count-first'): [name: string, count: number][] {
  return lines.flatMap((line): [string, number][] => {
    const [, first = '', second = ''] = /^\s*\[([^\]]*)\]\s*(.*?)\s*$/.exec(line) ?? [];
    const [name, count] = shape === 'name-first' ? [first, /^(\d+)(?: responses)?/.exec(second)?.[1]] : [second, first];
    const parsed = parseDecimal(count ?? '');
    return Number.isInteger(parsed) ? [[name, parsed]] : [];
  });
}

function ranksOf(lines: readonly string[]): ImportedLatency['percentiles'] {
  return percentiles(
    Object.fromEntries(
      lines.flatMap((line) => {
        const [, rank, value = ''] = /^\s*(\d{1,2}(?:\.\d+)?) ?%+ in (.+?)\s*$/.exec(line) ?? [];
        return rank === undefined ? [] : [[String(Number(rank)), parseDurationMs(value)]];
      }),
    ),
  );
}

/** Whether a status means that the request failed. */
function isFailure(tool: Tool, status: string): boolean {
  return tool === 'ghz' ? status !== 'OK' : !/^[23]/.test(status);
}

/** The error that oha reports for requests that it aborted at its deadline. */
export const deadline = 'aborted due to deadline';

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}

function toolOf(lines: readonly string[]): Tool {
  if (lines.some((line) => /^\s+Success rate:/.test(line))) return 'oha';
  return lines.some((line) => /^\s+Count:/.test(line)) ? 'ghz' : 'hey';
}

const resolutions: Readonly<Record<Tool, string>> = {
  hey: '0.1 ms',
  oha: 'four digits after the point',
  ghz: 'two digits after the point',
};

function figuresOf(lines: readonly string[]): ImportedFigures {
  const tool = toolOf(lines);
  const text = lines.join('\n');
  const durationOf = (name: string): number | null =>
    known(parseDurationMs(new RegExp(`^\\s+${name}:\\s+(.+?)\\.?$`, 'm').exec(text)?.[1] ?? ''));
  const statuses = countsOf(under(lines, /^Status code distribution:/), 'name-first');
  const errors = countsOf(under(lines, /^Error distribution:/), 'count-first');
  const cut = sum(errors.filter(([name]) => tool === 'oha' && name === deadline));
  // In ghz, a call with a status other than OK is listed as an error as well.
  const unanswered = tool === 'ghz' ? 0 : sum(errors) - cut;
  const failedAnswers = sum(statuses.filter(([status]) => isFailure(tool, status)));
  const answers = sum(statuses);
  if (answers + unanswered === 0) throw new TypeError(`the text of ${tool} has no counts of its responses`);
  const count = answers + unanswered;
  const ofSuccesses = ranksOf(under(lines, /distribution \(2xx only\):/));
  const hasSuccesses = failedAnswers > 0 && (tool === 'ghz' || Object.keys(ofSuccesses).length > 0);
  const includesFailures = failedAnswers > 0 && !hasSuccesses;
  const totalMs = durationOf('Total');
  const rate = known(numberIn(text, /^\s+Requests\/sec:\s+(\d+(?:\.\d+)?)/m));
  const notes = [`${tool} does not say when the run started.`];
  if (includesFailures) notes.push('The latencies include failed responses.');
  if (hasSuccesses)
    notes.push(
      tool === 'ghz'
        ? meanLeftOut
        : 'Minimum, mean and maximum latency are known only with failed responses included, so they are left out.',
    );
  if (cut > 0) notes.push(deadlineNote(cut));
  return withUnknowns({
    tool,
    subject: /^\s+Name:\s+(.+)$/m.exec(text)?.[1]?.slice(0, 2_000) ?? null,
    durationMs: totalMs,
    latency: { starts: 'request', ends: 'last-byte', resolution: resolutions[tool], includesFailures },
    metrics: {
      http_req_duration: {
        count: hasSuccesses ? answers - failedAnswers : answers,
        min: hasSuccesses && tool === 'oha' ? null : durationOf('Fastest'),
        mean: hasSuccesses ? null : durationOf('Average'),
        max: hasSuccesses && tool === 'oha' ? null : durationOf('Slowest'),
        percentiles: hasSuccesses && tool === 'oha' ? ofSuccesses : ranksOf(under(lines, /distribution:$/)),
      },
      http_reqs: { count, rate: rateOf({ tool, rate, totalMs, count, cut, unanswered }) },
      http_req_failed: failures(failedAnswers + unanswered, count),
      by_operation: {},
    },
    notes,
  });
}

/** Returns the note on requests that oha aborted at its deadline. */
export function deadlineNote(cut: number): string {
  return `${cut} requests were in flight when the time was up: oha cut them off, and they are not counted.`;
}

/**
 * Returns the rate of all counted requests. The rate that hey states leaves out requests without a response, and that
 * of oha includes the aborted ones.
 */
function rateOf(run: {
  tool: Tool;
  rate: number | null;
  totalMs: number | null;
  count: number;
  cut: number;
  unanswered: number;
}): number | null {
  const isOther = run.cut > 0 || (run.tool === 'hey' && run.unanswered > 0);
  if (!isOther) return run.rate;
  return run.totalMs ? (run.count * 1_000) / run.totalMs : null;
}

export const summaryText: TextReport = {
  begins: (lines, index) =>
    /^\s*Summary:$/.test(lines[index] ?? '') &&
    lines.slice(index + 1, index + 4).some((line) => /^\s+(Success rate|Total|Count|Name):/.test(line)),
  read: figuresOf,
};
