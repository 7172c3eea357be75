import fc from 'fast-check';
import { HistogramLogReader } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { runFormats } from '../../../shared/interchange/formats';
import { printable } from '../../../shared/text/printable';
import { histogramOfMs, level, runDocument, runInterval } from '../../../tests/support/factories';
import { asRead } from '../../../tests/support/reportRows';
import { severalScenarios } from '../../../tests/support/severalScenarios';
import { toCsv } from './csv';
import { exportRun } from './exportRun';
import { toHlog } from './hlog';
import { toHtml } from './html';
import { toJunit } from './junit';
import { toMarkdown } from './markdown';
import { toText } from './text';

const passed = { metric: 'http_req_duration', expression: 'p(95)<50', value: 12.345678, ok: true };
const failed = { metric: 'http_req_duration', expression: 'p(99)<100', value: 271.4, ok: false };

const decided = { ...passed, status: 'passed' as const, low: 11.8, high: 13.1, margin: 3.8, doubts: [] };
const late = {
  check: 'send-lateness' as const,
  value: 5.75,
  limit: 5,
  unit: 'ms',
  ok: false,
  isNotable: true,
  message: 'Sends were late.',
};
const quiet = { ...late, check: 'samples' as const, ok: true, isNotable: false, message: 'Many requests.' };
const open = {
  ...failed,
  value: 96,
  ok: true,
  status: 'undecided' as const,
  low: 82,
  high: 112,
  margin: 1.04,
  doubts: [{ check: 'send-lateness', low: 82, high: 112, message: '', isDecisive: true }],
};
const proven = {
  ...failed,
  expression: 'p(90)<100',
  status: 'failed' as const,
  low: 250,
  high: 290,
  margin: 0.4,
  doubts: [],
};

describe('the seconds as CSV', () => {
  it('have units in their names, a row a second, and nothing where nothing is known', () => {
    const [head, first, second, end] = toCsv({
      scenario: level('level-1'),
      intervals: [
        runInterval({ t: 1, count: 10, p95: 1.25, targetCpu: null, parts: { network: 0.3 } }),
        runInterval({ t: 2, p95: null, parts: { network: 0.4, 'server.commit': 2 } }),
      ],
    }).split('\r\n');
    const names = head?.split(',') ?? [];
    const at = (row: string | undefined, name: string): string | undefined => row?.split(',')[names.indexOf(name)];
    expect([at(first, 'second'), at(first, 'requests'), at(first, 'p95_ms'), at(first, 'target_cores')]).toEqual([
      '1',
      '10',
      '1.25',
      '',
    ]);
    expect([at(second, 'p95_ms'), at(second, 'network_ms'), at(second, 'server.commit_ms')]).toEqual(['', '0.4', '2']);
    expect(at(first, 'server.commit_ms')).toBe('');
    expect(end).toBe('');
  });

  it('have the iterations of several scenarios, each the sum of its journeys', () => {
    const ends = (completed: number, failed: number) => ({ completed, failed, interrupted: 1 });
    const [head, first, second] = toCsv({
      scenario: severalScenarios(),
      intervals: [
        runInterval({ t: 1, iterations: { look: ends(3, 1), find: ends(2, 0), order: ends(1, 1) } }),
        runInterval({ t: 2, iterations: { look: ends(1, 0) }, droppedByScenario: { buy: 4 } }),
      ],
    }).split('\r\n');
    const names = head?.split(',') ?? [];
    const cells = (row: string | undefined): string[] =>
      row?.split(',').slice(names.indexOf('browse_iterations')) ?? [];
    expect(cells(head)).toEqual([
      ...['browse_iterations', 'browse_failed_iterations', 'browse_dropped'],
      ...['buy_iterations', 'buy_failed_iterations', 'buy_dropped'],
    ]);
    expect(cells(first)).toEqual(['6', '1', '0', '2', '1', '0']);
    expect(cells(second)).toEqual(['1', '0', '0', '0', '0', '4']);
  });

  it('never let a foreign name become a formula or break a row', () => {
    const csv = toCsv({ scenario: level('level-1'), intervals: [runInterval({ parts: { '=cmd|"x",\n1': 1 } })] });
    expect(csv.split('\r\n')[0]).toContain(`"'=cmd|""x"",\n1_ms"`);
  });
});

describe('JUnit', () => {
  it('has a test for each threshold and the verdict, with what failed', () => {
    const xml = toJunit(
      runDocument({ verdict: 'failed', thresholds: [passed, failed], endedAt: '2026-01-01T00:02:03.500Z' }),
    );
    expect(xml).toContain('<testsuites name="proofload" tests="3" failures="2" skipped="0"');
    expect(xml).toMatch(
      /<testcase name="http_req_duration p\(95\)&lt;50" classname="proofload\.level-2\.memory" time="123.500"\/>/,
    );
    expect(xml).toContain(
      '<failure message="✕ failed: http_req_duration p(99)&lt;100, 271 ms, limit 100 ms" type="threshold"/>',
    );
    expect(xml).toContain('<failure message="Failed: the P99 response time is 271 ms where &lt; 100 ms is required');
  });

  it('skips what is open with its reason, and takes what an inconclusive run has shown as shown', () => {
    const xml = toJunit(runDocument({ verdict: 'inconclusive', thresholds: [decided, open], trust: [late] }));
    expect(xml).toContain('tests="3" failures="0" skipped="2"');
    expect(xml).toMatch(/<testcase name="http_req_duration p\(95\)&lt;50"[^>]*\/>/);
    expect(xml).toContain(
      '<skipped message="? undecided: http_req_duration p(99)&lt;100, 96.0 ms (82.0 to 112 ms), limit 100 ms: 5.75 ms of send lateness"/>',
    );
    expect(xml).toContain('<skipped message="Inconclusive: the P99 response time is 96.0 ms');
  });

  it('skips all of a run that did not complete, or of an old one that was not trusted, and is never empty', () => {
    const xml = toJunit(runDocument({ verdict: 'inconclusive', thresholds: [passed, failed], trust: [late] }));
    expect(xml).toContain('failures="0" skipped="3"');
    expect(xml.match(/<skipped message="\? undecided: [^"]*: 5\.75 ms of send lateness"\/>/g)).toHaveLength(2);
    expect(xml).toContain('<skipped message="Inconclusive: Sends were late. ');
    expect(toJunit(runDocument({ verdict: 'passed', thresholds: [] }))).toContain('tests="1" failures="0" skipped="0"');
    const aborted = runDocument({ verdict: 'aborted', reason: 'the target died.', thresholds: [decided] });
    expect(toJunit(aborted)).toContain('skipped="2"');
    expect(toJunit(aborted)).toContain('<skipped message="Aborted: the target died. What was measured is kept."/>');
  });

  it('is well-formed whatever names contain', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const xml = toJunit(runDocument({ verdict: 'failed', thresholds: [{ ...failed, metric: text }] }));
        // There are only blanks outside tags and attributes, and no character inside them that ends an attribute early.
        const rest = xml
          .replace(/<\?xml[^?]*\?>/, '')
          .replace(/<\/?[a-z]+(?: [a-z]+="[^"<>&]*(?:&(?:amp|lt|gt|quot|#10);[^"<>&]*)*")*\/?>/g, '');
        expect(rest.trim()).toBe('');
        const isForbidden = (character: string): boolean =>
          (character < ' ' && !'\t\n\r'.includes(character)) || '\uFFFE\uFFFF'.includes(character);
        expect([...xml].filter(isForbidden)).toEqual([]);
      }),
    );
  });
});

describe('the HdrHistogram log', () => {
  it('is read by the reader of HdrHistogram, with its times, tags and values', () => {
    const log = toHlog({ startedAt: '2026-01-01T00:00:00.000Z' }, [
      { t: 1, operation: 'read', histogram: histogramOfMs(1, 2, 3).toSparse() },
      { t: 2, operation: 'my query, all', histogram: histogramOfMs(250).toSparse() },
    ]);
    const reader = new HistogramLogReader(log);
    const first = reader.nextIntervalHistogram();
    expect([first?.tag, first?.totalCount]).toEqual(['read', 3]);
    expect(first?.startTimeStampMsec).toBe(Date.parse('2026-01-01T00:00:00.000Z'));
    expect(first?.getValueAtPercentile(50)).toBeCloseTo(2_000, -1);
    const second = reader.nextIntervalHistogram();
    expect([second?.tag, second?.totalCount]).toEqual(['my_query_all', 1]);
    expect(second?.startTimeStampMsec).toBe(Date.parse('2026-01-01T00:00:01.000Z'));
    expect(reader.nextIntervalHistogram()).toBeNull();
    // Three digits, as everywhere in HdrHistogram.
    expect(log).toContain('Tag=my_query_all,1.000,1.000,249.984,HIST');
  });
});

it('writes every format of a run', () => {
  const document = runDocument({ verdict: 'passed' });
  for (const format of runFormats) expect(exportRun({ document, histograms: () => [] }, format)).not.toBe('');
  expect(JSON.parse(exportRun({ document, histograms: () => [] }, 'json'))).toEqual(
    JSON.parse(JSON.stringify(document)),
  );
});

describe('what did not succeed', () => {
  const { metrics } = runDocument();
  const latency = { count: 8_000, min: 1, mean: 2, p50: 2, p90: 3, p95: 4, p99: 5, p99_9: 6, max: 7 };
  const implicit = {
    metric: 'http_req_failed',
    expression: 'rate<0.01',
    value: 0.2,
    ok: false,
    isImplicit: true as const,
  };
  const failing = runDocument({
    verdict: 'failed',
    thresholds: [implicit],
    metrics: {
      ...metrics,
      http_req_duration: latency,
      http_req_duration_adjusted: { p50: 2.5, p90: null, p95: null, p99: null, p99_9: null },
      http_reqs: { count: 10_000, rate: 100, successRate: 80, late: 3 },
      http_req_failed: { count: 2_000, rate: 0.2 },
    },
  });

  it.each([
    ['text', toText(failing)],
    ['Markdown', toMarkdown(failing)],
    ['HTML', toHtml(failing)],
  ])('is in the percentiles over all intended, beside the plain ones, in %s', (_format, report) => {
    expect(report).toMatch(/all intended.*2\.50 ms.*no bound/s);
    expect(report).toContain('implicit');
  });

  it('is apart from the rate of successful requests, and so is what ended after the load', () => {
    const throughput = '10,000 requests, 80.0 req/s successful, 3 ended after the load';
    for (const report of [toText(failing), toMarkdown(failing), toHtml(failing)]) expect(report).toContain(throughput);
  });

  it('is nowhere in a report of a run in which everything was', () => {
    const right = runDocument({ metrics: { ...metrics, http_req_duration: latency } });
    expect(toText(right)).not.toMatch(/all intended|successful|after the load/);
  });
});

describe.each(['text', 'markdown', 'html'] as const)('thresholds and doubts as %s', (format) => {
  const written = exportRun(
    {
      document: runDocument({ verdict: 'failed', thresholds: [decided, open, proven], trust: [quiet, late] }),
      histograms: () => [],
    },
    format,
  );

  it('have one of three states, the interval of the value, and what keeps it open', () => {
    for (const state of ['✓ passed', '✕ failed', '? undecided']) expect(written).toContain(state);
    expect(written).toContain('12.3 ms (11.8 to 13.1 ms), limit 50.0 ms, 3.8 times below');
    expect(written).toContain('271 ms (250 to 290 ms), limit 100 ms, 2.5 times above');
    expect(written).toContain('96.0 ms (82.0 to 112 ms), limit 100 ms: 5.75 ms of send lateness');
  });

  it('call a check by its name in words, and not by that of run documents', () => {
    expect(asRead(written)).toContain('send lateness Sends were late.');
    expect(written).not.toContain('send-lateness');
  });

  it('say what a decisive check could have moved, and count what found nothing', () => {
    expect(written).toContain('? blocks the verdict');
    expect(written).toContain(
      'It could have moved the P99 response time from 96.0 ms to anywhere between 82.0 and 112 ms',
    );
    expect(written).toContain('1 check found nothing that matters.');
    expect(written.includes('Many requests.')).toBe(format === 'html');
  });
});

describe('a run whose names come from elsewhere', () => {
  const evil = 'a\u001b[2Jb\u009bc\u202Ed\u007f\nforged: passed\r| `x` --> ]]> */ <script>';
  const document = runDocument({
    thresholds: [{ ...decided, metric: evil, expression: evil }],
    trust: [{ ...late, message: evil }],
    log: [{ level: 'warning', message: evil }],
    reason: evil,
    metrics: { ...runDocument().metrics, by_operation: { [evil]: runDocument().metrics.http_req_duration } },
  });

  it.each(runFormats)('has nothing as %s that a terminal obeys, and keeps its form', (format) => {
    const text = exportRun(
      { document, histograms: () => [{ t: 1, operation: evil, histogram: histogramOfMs(1).toSparse() }] },
      format,
    );
    expect(printable(text)).toBe(text);
    expect(text).not.toContain('\nforged');
    if (format === 'html' || format === 'junit') expect(text).not.toContain('<script>');
    if (format === 'json') expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(document)));
  });
});
