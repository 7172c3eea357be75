import { describe, expect, it } from 'vitest';
import { fileOf, readOneResult, readResults } from '../../../tests/support/readContent';
import { readResult } from './readResult';

const beginMs = 1_700_000_000_000;

/** Forms that were read wrongly, or refused as damaged, in public result files of tools. */
describe('kinds of public files', () => {
  describe('of Artillery', () => {
    const report = (counters: Record<string, number>, summaries: Record<string, unknown> = {}): string =>
      JSON.stringify({ aggregate: { counters, summaries, firstMetricAt: beginMs, lastMetricAt: beginMs + 10_000 } });
    const summary = { min: 1, max: 9, count: 40, mean: 5, p50: 5, p95: 8, p99: 9 };

    it('count requests without an answer, and not errors of the script, as failed', async () => {
      const read = await readOneResult(
        report(
          {
            'http.requests': 100,
            'http.responses': 40,
            'http.codes.200': 10,
            'http.codes.429': 30,
            'errors.ETIMEDOUT': 60,
            'errors.Failed capture or match': 30,
          },
          { 'http.response_time': summary },
        ),
      );
      expect(read.metrics).toMatchObject({ http_reqs: { count: 100 }, http_req_failed: { count: 90 } });
      expect(read.notes.join()).toContain(
        '30 errors of the script, such as captures and expectations, are not failures',
      );
    });

    it('are runs without an answer, which have no latencies', async () => {
      const read = await readOneResult(report({ 'http.requests': 600, 'errors.ECONNREFUSED': 600 }));
      expect(read.metrics).toMatchObject({
        http_reqs: { count: 600, rate: 60 },
        http_req_failed: { count: 600, rate: 1 },
        http_req_duration: { count: 0, mean: null, percentiles: {} },
      });
      expect(read.notes.join()).toContain('No request got a response');
    });

    it('are refused by name when they are of WebSockets or a browser', async () => {
      await expect(
        readResult(fileOf(report({ 'vusers.created': 5, 'websocket.messages_sent': 5 }))),
      ).rejects.toMatchObject({
        message: 'file has a report of Artillery without HTTP requests',
      });
    });
  });

  it('of wrk: answers after its time-out are among its requests', async () => {
    const read = await readOneResult(
      'Running 1m test @ http://127.0.0.1/\n  3 threads and 10 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency    16.84ms   15.08ms 299.73ms   88.59%\n    Req/Sec    18.76k     5.67k   41.20k    72.58%\n  1000 requests in 1.00m, 354.83MB read\n  Socket errors: connect 1, read 20, write 3, timeout 40\n  Non-2xx or 3xx responses: 5\nRequests/sec:     16.67\nTransfer/sec:      5.91MB\n',
    );
    expect(read.metrics).toMatchObject({ http_reqs: { count: 1_024 }, http_req_failed: { count: 69 } });
    expect(read.notes.join()).toContain('40 responses came after the timeout of wrk');
  });

  it('of Vegeta, hdrplot: a percentile that stands in the file is that one', async () => {
    const read = await readOneResult(
      'Value(ms)  Percentile  TotalCount  1/(1-Percentile)\n0.076715  0.000000    0           1.000000\n0.439439  0.100000    2           1.111111\n0.505543  0.500000    12          2.000000\n0.555774  0.900000    22          10.000000\n0.558000  0.950000    24          20.000000\n0.577860  1.000000    25          inf\n',
    );
    // The nearest rank would be the 23rd value, and with it the next line.
    expect(read.metrics.http_req_duration.percentiles).toMatchObject({ 50: 0.505543, 90: 0.555774, 95: 0.558 });
  });

  describe('of Vegeta', () => {
    const hit = (seq: number, startMs: number, latencyMs = 10): string =>
      `${JSON.stringify({ attack: '', seq, code: 200, timestamp: new Date(beginMs + startMs).toISOString(), latency: latencyMs * 1e6, bytes_out: 0, bytes_in: 1, error: '', body: '', method: 'GET', url: 'http://127.0.0.1/', headers: null })}\n`;

    it('are two attacks when their numbers begin anew after all have ended', async () => {
      const first = hit(1, 100) + hit(0, 0, 150) + hit(2, 200);
      const second = hit(1, 2_100) + hit(0, 2_050, 80) + hit(2, 2_200);
      const read = await readResults(first + second);
      expect(read.map(({ metrics, durationMs }) => [metrics.http_reqs.count, durationMs])).toEqual([
        [3, 210],
        [3, 160],
      ]);
    });

    it('are one result when attacks ran at the same time, or their hits take turns', async () => {
      const atOnce = await readOneResult(hit(0, 0, 50) + hit(0, 10, 60) + hit(1, 100) + hit(1, 105));
      expect(atOnce.metrics.http_reqs.count).toBe(4);
      expect(atOnce.notes.join()).toContain('The file has 2 attacks without names');
      const inTurns = await readOneResult(
        hit(0, 0) + hit(0, 900) + hit(1, 100) + hit(1, 1_000) + hit(2, 200) + hit(2, 1_100),
      );
      expect(inTurns.metrics.http_reqs.count).toBe(6);
    });

    it('are refused by name when PowerShell has changed their bytes', async () => {
      const damaged = '\u{FEFF}\u00a0\u00fb\u007f\u0003\u0001\u0001\u0006Result\u0001\u00a0\u00c7\u0000';
      await expect(readResult(fileOf(Buffer.from(damaged, 'utf16le')))).rejects.toMatchObject({
        message: expect.stringContaining('PowerShell'),
        hint: expect.stringContaining('-output FILE'),
      });
    });
  });

  it.each([
    ['YAML', 'options:\n  rps: 5\nresults:\n  - name: global\n    statistics:\n      - count: 3\n'],
    ['dotted lines', 'worker_0.stat_id.samples: 3\nworker_0.stat_id.mean: 2000\n'],
    ['lines for Prometheus', '# TYPE nighthawk_foo counter\nnighthawk_foo{scope="global"} 1\n'],
  ])('of Nighthawk as %s are refused, by the option that writes JSON', async (_name, content) => {
    await expect(readResult(fileOf(content))).rejects.toMatchObject({
      message: expect.stringContaining('Nighthawk'),
      hint: expect.stringContaining('--output-format json'),
    });
  });

  it('of autocannon may have counts of statuses as text', async () => {
    const read = await readOneResult(
      JSON.stringify({
        url: 'http://127.0.0.1/',
        duration: 2,
        pipelining: 1,
        start: '2020-11-06T09:38:31.027Z',
        errors: 0,
        non2xx: 0,
        statusCodeStats: { 200: { count: '500' } },
        latency: { average: 3, mean: 3, stddev: 1, min: 1, max: 9, p50: 3, p99: 8 },
        requests: { total: 500, sent: 500, average: 250 },
      }),
    );
    expect(read.metrics.http_reqs.count).toBe(500);
  });

  const page = (title: string): string => `<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>${title}</title>`;
  it.each([
    [
      'what Artillery 1 prints',
      'Started phase 0 (Warm up), duration: 20s @ 17:59:58(+0200) 2020-07-25\n',
      /Artillery prints/,
      /-o FILE/,
    ],
    [
      'a period of Artillery 1',
      '# Reports\n\nReport @ 01:18:24(-0500) 2020-03-05\nElapsed time: 10 seconds\n',
      /Artillery prints/,
      /-o FILE/,
    ],
    [
      'the summary of Artillery',
      'Summary report @ 14:02:33(+0100)\nhttp.codes.200: ..... 60\n',
      /Artillery prints/,
      /-o FILE/,
    ],
    [
      'a result of autocannon as an object',
      "{\n  title: undefined,\n  url: 'http://127.0.0.1:3000',\n  connections: 1,\n  pipelining: 1,\n  latency: { p50: 15 }\n}\n",
      /autocannon as Node\.js prints/,
      /--json/,
    ],
    [
      'the access log of Fortio',
      '{"latency":0.001170,"timestamp":1700000000000000000,"thread":0,"iter":0,"ok":true,"details":"200"}\n',
      /access log of Fortio/,
      /-json FILE/,
    ],
    ['the page of JMeter', page('Apache JMeter Dashboard'), /page of JMeter/, /statistics\.json/],
    ['the page of Gatling', page('Gatling Stats - Global Information'), /page of Gatling/, /stats\.json/],
    ['the page of Locust', page('Test Report for locustfile.py'), /page of Locust/, /--csv/],
    ['the page of Artillery', page('Artillery report'), /page of Artillery/, /-o FILE/],
    ['the page of k6', page('k6 report: 2024-01-01'), /page of k6/, /--out json/],
    ['the page of Vegeta', page('Vegeta Plot'), /page of Vegeta/, /-type=json/],
    ['the page of ghz', page('ghz - greet'), /page of ghz/, /-O json/],
    ['a page of Proofload', page('Level 2 · Proofload'), /page of Proofload/, /run document/],
  ])('are refused by name, with what to import instead: %s', async (_name, content, message, hint) => {
    await expect(readResult(fileOf(content))).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it.each([
    [
      'the log of JMeter itself',
      '2024-10-29 17:41:00,052 INFO o.a.j.u.JMeterUtils: Setting Locale to en_EN\n',
      /log that JMeter keeps about itself/,
      /-l FILE/,
    ],
    [
      'a log of JMeter without times of any kind',
      'label,responseCode,responseMessage,threadName,success\nDS-1,200,OK,TG 1-1,true\n',
      /without elapsed times/,
      /saveservice\.time=true/,
    ],
    [
      'what Locust prints after its log',
      '[2024-01-01 10:00:00,123] host/INFO/locust.main: Starting Locust\nType     Name       # reqs      # fails |\n',
      /Locust prints/,
      /--csv/,
    ],
    [
      'a table of JMeter that was saved before anything was sent',
      'Label,# Samples,Average,Median,90% Line,Min,Max,Error %,Throughput\nTOTAL,0,0,0,0,9223372036854775807,-9223372036854775808,0.000%,.00000\n',
      /has no requests/,
      /that sent some/,
    ],
  ])('are refused by name, and not as damaged: %s', async (_name, content, message, hint) => {
    await expect(readResult(fileOf(content))).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it('of JMeter with a label that has no samples leave its figures out', async () => {
    const names = 'Label,# Samples,Average,Min,Max,Error %,Throughput';
    const never = 'never,0,0,9223372036854775807,-9223372036854775808,0.000%,.00000';
    const read = await readOneResult(`${names}\n${never}\nTOTAL,4,5,1,9,25.00%,2.0\n`);
    expect(read.metrics.by_operation.never).toMatchObject({ count: 0, min: null, mean: null, max: null });
    expect(read.metrics).toMatchObject({ http_reqs: { count: 4 }, http_req_failed: { count: 1 } });
  });

  const k6Summary = (figures: string): string =>
    [
      '  █ TOTAL RESULTS',
      '    HTTP',
      `    http_req_duration.....: ${figures}`,
      '    http_req_failed.......: 0.00%  0 out of 1671',
      '    http_reqs.............: 1671   39.46/s',
    ].join('\n');

  it('of k6 whose lines were cut are refused: a millisecond without its last letter is no minute', async () => {
    const whole = 'avg=14.56ms min=10.25ms med=13.44ms max=36.87ms p(90)=18.9ms p(95)=21.44m';
    expect((await readOneResult(k6Summary(`${whole}s`))).metrics.http_req_duration.percentiles[95]).toBe(21.44);
    await expect(readResult(fileOf(k6Summary(whole)))).rejects.toMatchObject({
      message: expect.stringContaining('its lines are cut short: "21.44m" is not a duration of k6'),
    });
    const minutes = await readOneResult(k6Summary('avg=1m2s min=10.25ms med=1m0s max=1m30.5s p(95)=1m20s'));
    expect(minutes.metrics.http_req_duration).toMatchObject({ max: 90_500, percentiles: { 95: 80_000 } });
  });

  it.each([
    ['avg=5ms min=1ms med=9ms max=8ms p(90)=7ms p(95)=8ms', 'P50 of 9 ms is above a greater latency of 7 ms'],
    ['avg=5ms min=1ms med=5ms max=8ms p(90)=7ms p(95)=8s', 'P95 of 8000 ms is above a greater latency of 8 ms'],
  ])('say so when their latencies contradict each other: %s', async (figures, message) => {
    const { notes } = await readOneResult(k6Summary(figures));
    expect(notes[0]).toContain(`The file contradicts itself: its ${message}`);
  });

  it('of Locust may have percentiles above their greatest latency, as it rounds them', async () => {
    const names =
      'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,95%,100%';
    const read = await readOneResult(`${names}\n,Aggregated,20,0,46,90,40,2057.1,10,2.0,0,46,2100,2100\n`);
    expect(read.metrics.http_req_duration).toMatchObject({ max: 2_057.1, percentiles: { 95: 2_100 } });
    expect(read.notes.join()).not.toContain('contradicts');
  });

  it('may begin with a prompt in brackets, and JSON of siege may be followed by one', async () => {
    const summary = {
      transactions: 300,
      availability: 100,
      elapsed_time: 3.32,
      response_time: 0.3,
      transaction_rate: 90.36,
      concurrency: 27.1,
      successful_transactions: 300,
      failed_transactions: 0,
      longest_transaction: 1.5,
      shortest_transaction: 0.03,
    };
    const json = JSON.stringify(summary, null, '\t');
    const after = await readOneResult(`[root@shop scripts]# siege -c 30 -r 10 -b http://127.0.0.1/\n${json}\n`);
    expect(after.metrics).toMatchObject({ http_reqs: { count: 300 }, http_req_duration: { max: 1_500 } });
    expect(await readOneResult(`${json}\n\n[root@shop scripts]# exit\n`)).toEqual(after);
  });

  it('of an old Nighthawk, which does not say how long it ran, have no start and no rate', async () => {
    const id = 'benchmark_http_client.request_to_response';
    const percentiles = [
      { duration: '0.001s', percentile: 0, count: '1' },
      { duration: '0.002s', percentile: 0.5, count: '2' },
      { duration: '0.004s', percentile: 1, count: '3' },
    ];
    const statistics = [{ count: '3', id, percentiles, mean: '0.002333s' }];
    const counters = [{ name: 'benchmark.http_2xx', value: '3' }];
    const old = { options: {}, timestamp: '2019-07-01T10:00:00Z', results: [{ name: 'global', statistics, counters }] };
    const read = await readOneResult(JSON.stringify(old));
    expect(read).toMatchObject({ tool: 'nighthawk', startedAt: null, durationMs: null });
    expect(read.metrics).toMatchObject({ http_reqs: { count: 3, rate: null }, http_req_failed: { count: 0 } });
    expect(read.notes.join()).toContain('start and rate are unknown');
  });
});
