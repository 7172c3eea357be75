import { failures, percentiles, withUnknowns } from '../importer';
import { known, parseDecimal, parseDurationMs } from '../numbers';
import type { TextReport } from './textReport';

/*
 * The text of `vegeta report` without another `-type` (lib/reporters.go): a line for each group of figures, with their
 * names in brackets. Versions before 12.3 have fewer figures.
 */

/** Returns the figures of a line by their names: `Latencies [min, mean, ...] 1ms, 2ms, ...`. */
function figuresIn(lines: readonly string[], name: string): Map<string, string> {
  const line = lines.find((candidate) => candidate.startsWith(name)) ?? '';
  const [, names = '', values = ''] = /\[([^\]]*)\]\s+(.*)$/.exec(line) ?? [];
  const texts = values.split(/,\s*/);
  return new Map(names.split(/,\s*/).map((each, index) => [each, texts[index] ?? '']));
}

export const vegetaText: TextReport = {
  begins: (lines, index) => /^Requests\s+\[total/.test(lines[index] ?? ''),
  read: (lines) => {
    const requests = figuresIn(lines, 'Requests');
    const duration = figuresIn(lines, 'Duration');
    const latencies = figuresIn(lines, 'Latencies');
    const count = parseDecimal(requests.get('total') ?? '');
    if (!Number.isInteger(count)) throw new TypeError('the number of requests is missing');
    const codes = [...(lines.find((line) => line.startsWith('Status Codes')) ?? '').matchAll(/(\d+):(\d+)/g)];
    const failed = codes
      .filter(([, code]) => Number(code) < 200 || Number(code) >= 400)
      .reduce((sum, [, , times]) => sum + Number(times), 0);
    const ms = (name: string): number | null => known(parseDurationMs(latencies.get(name) ?? ''));
    const ranks = ['50', '90', '95', '99'].map((rank) => [rank, ms(rank)] as const);
    const notes = [
      'A report has percentiles and no distribution, and this form does not say when the run started; vegeta encode gives every request.',
    ];
    if (failed > 0) notes.push('The latencies include failed requests.');
    return withUnknowns({
      tool: 'vegeta',
      durationMs: known(parseDurationMs(duration.get('total') ?? '')),
      latency: {
        starts: 'request',
        ends: 'last-byte',
        resolution: 'as printed, 1 us or less',
        includesFailures: failed > 0,
      },
      metrics: {
        http_req_duration: {
          count,
          min: ms('min'),
          mean: ms('mean'),
          max: ms('max'),
          percentiles: percentiles(Object.fromEntries(ranks)),
        },
        http_reqs: { count, rate: known(parseDecimal(requests.get('rate') ?? '')) },
        http_req_failed: codes.length > 0 ? failures(failed, count) : null,
        by_operation: {},
      },
      notes,
    });
  },
};
