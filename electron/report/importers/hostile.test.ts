import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { histogramOfMs, importedResult, runDocument, runInterval } from '../../../tests/support/factories';
import { encodeHdr } from '../../hdr/hdrCodec';
import { toHlog } from '../exporters/hlog';
import { readResult } from './readResult';

const fixtures = resolve(import.meta.dirname, '../../../tests/fixtures/imports');

describe('files that are not what they should be', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(content: string | Uint8Array, name = 'file'): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  const refused = (message: string | RegExp) =>
    expect.objectContaining({
      code: 'import-failed',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('nothing was saved'),
    });

  it('takes names and messages without what terminals obey, and without the secrets in them', async () => {
    const autocannon = JSON.parse(readFileSync(join(fixtures, 'autocannon-9.0.json'), 'utf8'));
    const url = 'http://u:typed@127.0.0.1/\u001b[2J\u202E?token=typed';
    const result = await readResult(file(JSON.stringify({ ...autocannon, url }), 'a\u001b[2Jb.json'));
    expect(result).toMatchObject({
      file: 'a[2Jb.json',
      content: { results: [{ subject: 'http://***@127.0.0.1/[2J?token=***' }] },
    });
    const document = runDocument({
      target: { kind: 'url', url: 'http://u:typed@127.0.0.1/', method: 'GET', headers: [['X-Api-Key', 'typed-key']] },
      log: [{ level: 'info', message: 'sent typed-key\n\u001b[2Jforged' }],
      trust: [],
    });
    const run = await readResult(file(JSON.stringify(document)));
    expect(run).toMatchObject({
      content: {
        document: {
          target: { url: 'http://***@127.0.0.1/', headers: [['X-Api-Key', '***']] },
          log: [{ message: 'sent *** [2Jforged' }],
        },
      },
    });
  });

  it('refuses a file of more than 64 GB before it is read', async () => {
    const path = file('timeStamp,elapsed\n');
    truncateSync(path, 65 * 2 ** 30);
    await expect(readResult(path)).rejects.toEqual(refused(/66560 MB, more than the 65536 MB/));
  });

  it('refuses a document that is larger than a summary can be', async () => {
    const path = file('{"metrics":');
    truncateSync(path, 100 * 2 ** 20);
    await expect(readResult(path)).rejects.toEqual(refused(/100 MB, more than the 64 MB/));
  });

  it.each([
    ['nothing', '', /is empty/],
    ['text', 'Dear Sir or Madam,', /unrecognised file format/],
    ['a document of something else', '{"name":"left-pad"}', /unrecognised file format/],
    ['a list of something else', '[1,2,3]', /unrecognised file format/],
    ['a number', '42', /unrecognised file format/],
    ['a page', '<!doctype html><script>alert(1)</script>', /unrecognised file format/],
    ['bytes', new Uint8Array([0x80, 0x81, 0xfe, 0x00]), /unrecognised file format/],
    ['deep nesting', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /unrecognised file format|damaged/],
    ['a summary in another encoding', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), /not text in UTF-8/],
    ['a percentile that is text', '{"root_group":{},"metrics":{"http_req_duration":{"med":"fast"}}}', /http_reqs/],
    [
      'a threshold of another shape',
      '{"root_group":{},"metrics":{"http_req_duration":{"thresholds":{"p(95)<5":"yes"}}}}',
      /metrics.http_req_duration/,
    ],
    ['a negative time', '{"results":[{"command":"x","times":[-1]}]}', /results\[0\]\.times\[0\]/],
    ['a time beyond all numbers', '{"results":[{"command":"x","times":[1e999]}]}', /times/],
    ['a negative latency', 'timeStamp,elapsed,label,success\n1,-5,x,true\n', /elapsed/],
    ['a latency that is no number', 'timeStamp,elapsed,label,success\n1,fast,x,true\n', /elapsed/],
    ['a log without rows', 'timeStamp,elapsed,label,success\n', /no request/],
    ['a quote without end', 'timeStamp,elapsed,label,success\n1,5,"x,true\n', /damaged/],
    ['a histogram that is none', '#[Histogram log format version 1.3]\n0.0,1.0,1.0,HISTFAAAA\n', /damaged/],
    ['a spectrum that counts down', 'Value Percentile TotalCount 1/(1-Percentile)\n1 0.5 -1 2\n', /no lines/],
    [
      'a spectrum that counts beyond',
      'Value Percentile TotalCount 1/(1-Percentile)\n1 0.5 99999999999 2\n',
      /at one latency/,
    ],
    ['a run of a later version', '{"schema":"proofload.run/9"}', /unrecognised file format/],
    ['a run that is damaged', '{"schema":"proofload.run/1","id":"x"}', /damaged/],
  ])('refuses %s', async (_name, content, message) => {
    await expect(readResult(file(content))).rejects.toEqual(refused(message));
  });

  it('refuses runs and results whose distributions can not be read, and runs with seconds that none has', async () => {
    const document = runDocument();
    const evil = [
      { ...document, histograms: { ...document.histograms, http_req_service: 'HISTFAAA' } },
      { ...document, intervals: [runInterval({ t: 2 ** 40 })] },
      importedResult({ histogram: 'HISTFAAA' }),
    ];
    for (const value of evil) await expect(readResult(file(JSON.stringify(value)))).rejects.toEqual(refused(/damaged/));
  });

  it('refuses a folder, and what is not there', async () => {
    await expect(readResult(folder)).rejects.toEqual(refused(/is not a file/));
    await expect(readResult(join(folder, 'nobody'))).rejects.toEqual(refused(/cannot be read/));
  });

  it('reads what PowerShell writes, and files with a mark of their order of bytes', async () => {
    const text = readFileSync(join(fixtures, 'k6-summary-export.json'), 'utf8');
    for (const bytes of [Buffer.from(`\uFEFF${text}`, 'utf16le'), Buffer.from(`\uFEFF${text}`, 'utf8')]) {
      const { content } = await readResult(file(bytes));
      expect(content).toMatchObject({ kind: 'results', results: [{ tool: 'k6' }] });
    }
  });

  it('refuses every file that is cut short, or reads what is whole in it', async () => {
    for (const name of readdirSync(fixtures)) {
      const text = readFileSync(join(fixtures, name), 'utf8');
      for (const share of [0.02, 0.3, 0.5, 0.8, 0.99]) {
        const path = file(text.slice(0, Math.floor(text.length * share)), name);
        await readResult(path).catch((error: unknown) => {
          expect(error).toEqual(refused(/./));
        });
      }
    }
  });

  it('refuses documents of known shapes whose values are anything', async () => {
    const shapes: readonly ((value: unknown) => object)[] = [
      (value) => ({ root_group: value, metrics: { http_req_duration: value, http_reqs: { count: value } } }),
      (value) => ({ metrics: { http_req_duration: { type: 'trend', values: value }, http_reqs: { values: value } } }),
      (value) => ({ version: '1', config: value, metadata: {}, results: { metrics: value } }),
      (value) => ({ requests: value, connections: 1, pipelining: 1, latency: value, duration: value, errors: value }),
      (value) => ({ aggregate: { counters: value, summaries: value }, intermediate: value }),
      (value) => ({ latencies: value, bytes_in: {}, success: value }),
      (value) => ({ summary: value, latencyPercentiles: value, statusCodeDistribution: value }),
      (value) => ({ results: [{ command: value, times: value }] }),
      (value) => ({ schema: 'proofload.run/1', metrics: value }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...shapes), fc.jsonValue(), async (shape, value) => {
        await readResult(file(JSON.stringify(shape(value)))).catch((error: unknown) => {
          expect(error).toEqual(refused(/./));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('keeps names that are scripts as the text that they are', async () => {
    const script = '<img src=x onerror=alert(1)>';
    const { content } = await readResult(file(`timeStamp,elapsed,label,success\n1000,5,"${script}",true\n`));
    expect(content).toMatchObject({ results: [{ metrics: { by_operation: { [script]: { count: 1 } } } }] });
  });

  it('keeps at most a hundred names and three hundred stretches of a log, however long', async () => {
    let log = 'timeStamp,elapsed,label,success\n';
    for (let row = 0; row < 5_000; row += 1) log += `${(row + 1) * 3_600_000},5,name ${row},true\n`;
    const { content } = await readResult(file(log));
    if (content.kind === 'run') throw new Error('a run');
    const [{ metrics, intervals } = { metrics: undefined, intervals: [] }] = content.results;
    expect(Object.keys(metrics?.by_operation ?? {})).toHaveLength(101);
    expect(metrics?.by_operation['(others)']?.count).toBe(4_900);
    expect(intervals.length).toBeLessThanOrEqual(300);
    expect(intervals.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
  });

  it('stops at more histograms than are read', async () => {
    const blob = encodeHdr(histogramOfMs(...Array.from({ length: 2_000 }, (_, index) => index / 10)));
    const row = `0.000,1.000,1.000,${blob}\n`;
    const path = file(`#[Histogram log format version 1.3]\n${row.repeat(30_000)}`);
    await expect(readResult(path)).rejects.toEqual(refused(/more histograms than Proofload reads/));
  });

  it('reads a run of Proofload, and its log with the unit that it names', async () => {
    const document = runDocument();
    expect((await readResult(file(JSON.stringify(document)))).content).toEqual({ kind: 'run', document });
    const log = toHlog(document, [{ t: 1, operation: 'read', histogram: histogramOfMs(1, 2, 3).toSparse() }]);
    const { content } = await readResult(file(log));
    expect(content).toMatchObject({
      results: [
        { tool: 'hdrhistogram', latency: { starts: 'intended' }, metrics: { http_req_duration: { count: 3 } } },
      ],
    });
  });
});
