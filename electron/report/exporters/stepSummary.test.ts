import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonReport } from '../../../shared/report/comparisonReport';
import { runReport } from '../../../shared/report/runReport';
import { runDocument, runInterval } from '../../../tests/support/factories';
import { comparisonCase, reportCases } from '../../../tests/support/reportCases';
import { asRead, missingIn, wordsOfSection } from '../../../tests/support/reportRows';
import { mermaidChart } from './mermaidChart';
import { toStepSummary } from './stepSummary';

const shown = ['thresholds', 'figures', 'failures', 'checks'];

/** Returns the Mermaid blocks in a text. */
function chartsIn(text: string): string[] {
  return [...text.matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map(([, chart = '']) => chart);
}

describe('the summary of a step', () => {
  it.each(reportCases)('has the verdict, the thresholds and the main figures of the report: %s', (_name, document) => {
    const { subject, verdict, sections } = runReport(document);
    const words = sections.filter(({ key }) => shown.includes(key)).flatMap(wordsOfSection);
    const text = asRead(toStepSummary(document));
    expect(missingIn(text, [subject, verdict.word, verdict.sentence, ...words])).toEqual([]);
  });

  it('has the comparison with the baseline, as the report of a comparison has it', () => {
    const { differences, noise, warnings } = comparisonReport(comparisonCase);
    const text = asRead(toStepSummary(runDocument(), comparisonCase));
    const words = differences.flatMap(({ metric, value, mark, word }) => [metric, value, `${mark} ${word}`]);
    expect(missingIn(text, ['Compared with the baseline first', ...words, ...warnings, noise ?? ''])).toEqual([]);
    expect(toStepSummary(runDocument())).not.toContain('Compared with');
  });

  it('has throughput and response time as charts that GitHub draws', () => {
    const intervals = [
      runInterval({ t: 1, count: 200, rate: 200, p50: 1, p95: 2, p99: 3 }),
      runInterval({ t: 2, count: 0, rate: 0 }),
      runInterval({ t: 3, count: 190, rate: 190, p50: 2, p95: 4, p99: 6 }),
    ];
    const [rate = '', latency = '', ...others] = chartsIn(toStepSummary(runDocument({ intervals })));
    expect(others).toEqual([]);
    expect(rate).toContain('xychart-beta\n');
    expect(rate).toContain('y-axis "requests per second" 0 --> 210');
    expect(rate).toContain('line [200, 0, 190]');
    // A second without a successful request has no latency, which is not zero.
    expect(latency.match(/line \[.*\]/g)).toEqual(['line [1, 1, 2]', 'line [2, 2, 4]', 'line [3, 3, 6]']);
  });

  it('has no chart of a run without a second', () => {
    expect(chartsIn(toStepSummary(runDocument()))).toEqual([]);
    expect(mermaidChart({ title: 'a', unit: 'ms', endS: 1, lines: [[null, null]] })).toBeUndefined();
  });

  it('has no HTML of a name, and no end of a block in a chart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const base = runDocument();
        const scenario = { ...base.scenario, name: `${name}<img src=x>\n\`\`\`\n# heading` };
        const text = toStepSummary({
          ...base,
          scenario,
          intervals: [runInterval({ rate: 1, p50: 1, p95: 1, p99: 1 })],
        });
        expect(text).not.toMatch(/(?<!\\)<img/);
        expect(text.match(/^```/gm)).toHaveLength(4);
        expect(text.match(/^# heading/m)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });
});
