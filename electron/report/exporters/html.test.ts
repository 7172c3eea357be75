import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOfMs, runDocument, runInterval } from '../../../tests/support/factories';
import { madeRun, madeSecond, quiet, withPause } from '../../../tests/support/madeSeconds';
import { encodeHdr } from '../../hdr/hdrCodec';
import { toHtml } from './html';

const histograms = {
  http_req_duration: encodeHdr(histogramOfMs(...Array.from({ length: 500 }, (_, index) => index / 10))),
  http_req_service: encodeHdr(histogramOfMs()),
  send_lateness: encodeHdr(histogramOfMs()),
};
const intervals = [
  runInterval({ t: 1, count: 200, rate: 200, p50: 1, p95: 2, p99: 3, cacheLookups: 10, cacheHitRate: 0.9 }),
  runInterval({ t: 3, count: 200, rate: 200, p50: 1, p95: 2, p99: 3, cacheLookups: 10, cacheHitRate: 0.9 }),
];

describe('a run as a page', () => {
  it('has the verdict, the charts, the evidence and where it was measured', () => {
    const threshold = { metric: 'http_req_duration', expression: 'p(95)<50', value: 12.3, ok: true };
    const html = toHtml(runDocument({ verdict: 'passed', histograms, intervals, thresholds: [threshold] }));
    expect(html).toContain('<span>Passed</span>');
    for (const title of ['Throughput', 'Response time', 'Response time by percentile', 'Cache hits'])
      expect(html).toContain(`aria-label="${title}"`);
    expect(html).toContain('http_req_duration p(95)&lt;50');
    expect(html).toContain('P95 limit 50 ms');
    expect(html).toContain('test, 2 cores');
  });

  it('draws a gap where a second is missing', () => {
    const html = toHtml(runDocument({ histograms, intervals }));
    const [, chart = ''] = /aria-label="Throughput">(.*?)<\/svg>/.exec(html) ?? [];
    // The line starts again after the gap.
    expect(/<path d="M[^"L]*M/.test(chart)).toBe(true);
  });

  it('marks the moments of the run on every chart over time, with what happened', () => {
    const paused = (latenciesMs: number[]) => madeSecond(20, withPause(latenciesMs, 200));
    const html = toHtml(runDocument({ histograms, intervals: madeRun(40, quiet, { 20: paused }) }));
    const chartsOver = html.match(/<svg [^>]*aria-label="(Throughput|Response time)">.*?<\/svg>/g) ?? [];
    expect(chartsOver).toHaveLength(2);
    for (const chart of chartsOver)
      expect(chart).toMatch(/<title>0:20 no cause was sampled: \d+ requests waited, P99 [^<]*<\/title><rect /);
    expect(toHtml(runDocument({ histograms, intervals: madeRun(40, quiet) }))).not.toContain('<title>0:');
  });

  it('needs nothing from elsewhere and runs nothing, whatever a run holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const evil = `${text}"><script>alert(1)</script><img src=x onerror=alert(1)>`;
        const html = toHtml(
          runDocument({
            histograms,
            intervals,
            reason: evil,
            verdict: 'aborted',
            log: [{ level: 'info', message: evil }],
            thresholds: [{ metric: evil, expression: evil, value: null, ok: false }],
          }),
        );
        // Escaped content is text: only tags and styles can load anything.
        const tags = html.match(/<[^>]*>/g) ?? [];
        expect(tags.filter((tag) => /^<(script|img|link|iframe|object|base)|\s(src|href|on\w+)=/i.test(tag))).toEqual(
          [],
        );
        expect(html).not.toMatch(/url\(|@import/);
        expect(html).toContain("default-src 'none'");
      }),
      { numRuns: 50 },
    );
  });
});
