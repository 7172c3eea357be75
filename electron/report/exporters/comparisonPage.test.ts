import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparedRun, Comparison, TimePoint } from '../../../shared/comparison/comparison';
import { comparedColumns, comparisonReport } from '../../../shared/report/comparisonReport';
import { comparisonCase } from '../../../tests/support/reportCases';
import { asRead, missingIn } from '../../../tests/support/reportRows';
import { comparisonPage } from './comparisonPage';

function point(t: number, p95: number): TimePoint {
  return { t, rate: 200, p50: p95 / 2, p95, p99: p95 * 2, failedRate: 0.01, cacheHitRate: 0 };
}

/** Returns `count` runs like those of the case, each slower than the one before. */
function comparisonOf(count: number, factor = 1.5): Comparison {
  const [first] = comparisonCase.runs;
  if (!first) throw new Error('the case has no run');
  const runs = Array.from({ length: count }, (_, place): ComparedRun => {
    const p95 = 2 * factor ** place;
    const distribution = [
      [0, 1],
      [50, p95 / 2],
      [90, p95],
    ] as const;
    return {
      ...first,
      id: `run-${place}`,
      name: `run ${place}`,
      timeline: [point(1, p95), point(2, p95)],
      distribution,
    };
  });
  return { ...comparisonCase, runs, deltas: comparisonCase.deltas.filter(({ run }) => run < count) };
}

function charts(page: string): string[] {
  return [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, title = '']) => title);
}

describe('the page of a comparison', () => {
  it.each([2, 6])('has all rows of its report and the charts of the window, of %i runs', (count) => {
    const comparison = comparisonOf(count);
    const { runs, differences, noise, warnings } = comparisonReport(comparison);
    const page = comparisonPage(comparison);
    const words = [
      ...comparedColumns,
      ...runs.flatMap(({ letter, run, about, cells }) => [
        `${letter} ${run.id} ${run.target} ${about}`,
        run.name,
        ...cells,
      ]),
      ...differences.flatMap(({ mark, word, value, reason = '' }) => [`${mark} ${word} ${value}`, reason]),
      ...warnings,
      noise ?? '',
    ];
    expect(missingIn(asRead(page), words)).toEqual([]);
    expect(charts(page)).toEqual(['Throughput', 'P50', 'P95', 'P99', 'Errors', 'Latency by percentile']);
    // Each run has its own line, and each line its own colour.
    const [, throughput = ''] = /aria-label="Throughput">(.*?)<\/svg>/.exec(page) ?? [];
    const colors = [...throughput.matchAll(/<path [^>]*stroke="(#[0-9a-f]{6})"/g)].map(([, color]) => color);
    expect(new Set(colors).size).toBe(count);
    expect(throughput.match(/<path [^>]*stroke-dasharray/g)).toHaveLength(count - 1);
  });

  it('has no chart of what did not happen, as the window', () => {
    const { runs, ...comparison } = comparisonOf(2);
    const quiet = runs.map((run) => ({ ...run, timeline: run.timeline.map((at) => ({ ...at, failedRate: 0 })) }));
    expect(charts(comparisonPage({ ...comparison, runs: quiet }))).not.toContain('Errors');
  });

  it('has a logarithmic axis where a linear one would flatten a run', () => {
    expect(charts(comparisonPage(comparisonOf(2, 100)))).toContain('P95, logarithmic');
  });

  it('needs nothing from elsewhere and runs nothing, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const evil = `${text}"><script>alert(1)</script><img src=x onerror=alert(1)>`;
        const runs = comparisonOf(2).runs.map((run) => ({ ...run, name: evil, target: evil }));
        const page = comparisonPage({ ...comparisonOf(2), runs, warnings: [evil] });
        const tags = page.match(/<[^>]*>/g) ?? [];
        expect(tags.filter((tag) => /^<(script|img|link|iframe|object|base)|\s(src|href|on\w+)=/i.test(tag))).toEqual(
          [],
        );
        expect(page).toContain("default-src 'none'");
      }),
      { numRuns: 30 },
    );
  });
});
