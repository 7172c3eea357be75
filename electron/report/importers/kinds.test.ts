import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { fileOf, readOneResult, readResults } from '../../../tests/support/readContent';
import { encodeHdr } from '../../hdr/hdrCodec';
import { readResult } from './readResult';

const jmeterNames =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes';

function hdrOf(...latenciesMs: number[]): string {
  const histogram = new LatencyHistogram();
  for (const ms of latenciesMs) histogram.record(ms * 1_000);
  return encodeHdr(histogram);
}

describe('kinds of files', () => {
  describe('of JMeter', () => {
    const row = (time: number | string, elapsed: number, message = 'OK'): string =>
      `${time},${elapsed},a,200,${message},T 1-1,text,true,,1\n`;

    it('are two runs when the first line comes again', async () => {
      const log = `${jmeterNames}\n${row(1_700_000_000_000, 10)}`;
      const [first, second] = await readResults(`${log}${row(1_700_000_001_000, 10)}${log}`);
      expect([first?.metrics.http_reqs.count, second?.metrics.http_reqs.count]).toEqual([2, 1]);
      expect(second?.notes[0]).toBe('The file holds 2 results: this is number 2.');
    });

    /** Returns a log with a sample of 10 ms at each of these seconds. */
    const logAt = (...seconds: number[]): string =>
      `${jmeterNames}\n${seconds.map((second) => row(1_700_000_000_000 + second * 1_000, 10)).join('')}`;

    it('are divided where a run was appended to another', async () => {
      const [first, second] = await readResults(logAt(0, 1, 2, 900, 901));
      expect(first).toMatchObject({ startedAt: '2023-11-14T22:13:20.000Z', durationMs: 2_010 });
      expect(second).toMatchObject({ startedAt: '2023-11-14T22:28:20.000Z', durationMs: 1_010 });
      expect([first, second].map((each) => each?.metrics.http_reqs.count)).toEqual([3, 2]);
      expect(first?.notes.join()).toContain('for 898 s or more, no request was in flight');
      const four = [0, 5_000, 5_300, 250_000].flatMap((second) => [second, second + 1, second + 2]);
      expect((await readResults(logAt(...four))).map(({ metrics }) => metrics.http_reqs.count)).toEqual([3, 3, 3, 3]);
    });

    it('are divided at a shorter pause where all threads have ended, and not where they think', async () => {
      const burst = (second: number, last: number): string =>
        [10, 10, last]
          .map(
            (threads, index) =>
              `${1_700_000_000_000 + second * 1_000 + index},5,a,200,OK,T 1-1,text,true,,1,${threads}\n`,
          )
          .join('');
      const log = (last: number): string =>
        `${jmeterNames},allThreads\n${burst(0, last)}${burst(11, last)}${burst(80, last)}`;
      expect(
        (await readResults(log(1))).map(({ metrics, durationMs }) => [metrics.http_reqs.count, durationMs]),
      ).toEqual([
        [3, 7],
        [3, 7],
        [3, 7],
      ]);
      expect((await readOneResult(log(10))).metrics.http_reqs.count).toBe(9);
    });

    it('are one run when its pauses are regular', async () => {
      const read = await readOneResult(logAt(0, 1, 61, 62, 122, 123, 183, 184, 244, 245));
      expect(read).toMatchObject({ durationMs: 245_010 });
      expect(read.metrics.http_reqs.count).toBe(10);
      expect(read.intervals.reduce((sum, { count }) => sum + count, 0)).toBe(10);
      const many = Array.from({ length: 60 }, (_, index) => index * 90);
      expect((await readOneResult(logAt(...many))).metrics.http_reqs.count).toBe(60);
      expect((await readOneResult(logAt(0, 70, 150, 225, 300, 370))).metrics.http_reqs.count).toBe(6);
    });

    it('are one run when a transaction was under way in its pause, or rows are not in the order of time', async () => {
      const transaction = row(
        1_700_000_000_000,
        100_000,
        '"Number of samples in transaction : 2, number of failing samples : 0"',
      );
      const journey = await readOneResult(`${logAt(0, 99)}${transaction}`);
      expect(journey.metrics.http_reqs.count).toBe(2);
      const byLabel = await readOneResult(logAt(0, 1, 2, 100, 101, 0.5, 1.5, 60, 100.5));
      expect(byLabel.metrics.http_reqs.count).toBe(9);
    });

    it('are refused when they hold more runs than are told apart', async () => {
      const runs = Array.from({ length: 17 }, (_, index) => [index ** 2 * 1_000, index ** 2 * 1_000 + 30]).flat();
      await expect(readResult(fileOf(logAt(...runs)))).rejects.toMatchObject({
        message: expect.stringContaining('more than 16 runs'),
        hint: expect.stringContaining('a file of its own'),
      });
    });

    it('may leave out columns, and their names', async () => {
      const log = '1700000000000|11|get csv|200|T 1-1|true|9|null\n1700000001000|12|get csv|500|T 1-1|false|9|null\n';
      const read = await readOneResult(log);
      expect(read).toMatchObject({ startedAt: '2023-11-14T22:13:20.000Z', durationMs: 1_012 });
      expect(read.metrics).toMatchObject({ http_reqs: { count: 2 }, http_req_failed: { count: 1 } });
      expect(Object.keys(read.metrics.by_operation)).toEqual(['get csv']);
      const noTimes = await readOneResult('elapsed,label,responseCode,success\n11,a,200,true\n');
      expect(noTimes).toMatchObject({ startedAt: null, durationMs: null });
      expect(noTimes.metrics.http_req_duration.max).toBe(11);
    });

    it.each([
      ['timeStamp,label,responseCode,success\n1700000000000,a,200,true\n', 'without elapsed times'],
      [
        '<testResults version="1.2">\n<sample ts="1700000000000" s="true" lb="a"/></testResults>',
        'without its elapsed',
      ],
    ])('are refused without elapsed times, by the setting that writes them', async (log, message) => {
      await expect(readResult(fileOf(log))).rejects.toMatchObject({
        message: expect.stringContaining(message),
        hint: expect.stringContaining('jmeter.save.saveservice.time=true'),
      });
    });

    it('may be XML with bytes of responses that are no text', async () => {
      const log =
        '<testResults version="1.2">\n<sample t="10" ts="1700000000000" s="true" lb="a"><responseData>&#x0;&#x1b;</responseData></sample></testResults>';
      expect((await readOneResult(log)).metrics.http_reqs.count).toBe(1);
    });

    it('are refused with a latency that no histogram tells apart', async () => {
      await expect(readResult(fileOf(`${jmeterNames}\n${row(1_700_000_000_000, 3_600_000)}`))).rejects.toMatchObject({
        message: expect.stringContaining('a latency of 60 minutes'),
      });
    });

    it('are refused, and not damaged, without requests', async () => {
      await expect(readResult(fileOf(`${jmeterNames}\n`))).rejects.toMatchObject({ message: 'file has no requests' });
    });

    it('say what a long request within a run is not', async () => {
      const even = [0, 30, 60, 90].map((second) => row(1_700_000_000_000 + second * 1_000, 10)).join('');
      expect((await readOneResult(`${jmeterNames}\n${even}`)).notes.join()).not.toContain('two runs');
      const slow = row(1_700_000_000_000, 10) + row(1_700_000_001_000, 170_000);
      expect((await readOneResult(`${jmeterNames}\n${slow}`)).notes.join()).not.toContain('two runs');
    });

    it('may have names that no key of an object can have', async () => {
      const log = row(1_700_000_000_000, 10).replace(',a,', ',__proto__,');
      const { by_operation } = (await readOneResult(`${jmeterNames}\n${log}`)).metrics;
      expect(Object.values(by_operation).map(({ count }) => count)).toEqual([1]);
    });

    it('keep the time of requests that have one', async () => {
      const read = await readOneResult(
        `${jmeterNames}\n${row(0, 0)}${row(1_700_000_000_000, 10)}${row(1_700_000_001_990, 10)}`,
      );
      expect(read).toMatchObject({ startedAt: '2023-11-14T22:13:20.000Z', durationMs: 2_000 });
      expect(read.metrics.http_reqs).toEqual({ count: 3, rate: 1 });
      expect(read.notes.join()).toContain('1 requests have no time');
    });

    it.each([
      ['2024-02-24T07:42:21.500+0100', '2024-02-24T06:42:21.500Z'],
      ['2024/02/24 07:42:21.500 Z', '2024-02-24T07:42:21.500Z'],
      ['24.02.2024 07:42:21.500', null],
      ['02/24/24 07:42:21.500', null],
      ['03/03/2024 07:42:21.500', null],
    ])('have times such as %s', async (time, startedAt) => {
      const read = await readOneResult(`${jmeterNames}\n${row(time, 10)}${row(time.replace(':21.', ':23.'), 10)}`);
      expect(read).toMatchObject({ startedAt, durationMs: 2_010 });
    });

    it.each(['03/04/2024 07:42:21.500', 'Sat Feb 24 07:42:21 2024', '1.70E+12'])(
      'are refused with times such as %s, by the setting that writes them',
      async (time) => {
        await expect(readResult(fileOf(`${jmeterNames}\n${row(time, 10)}`))).rejects.toMatchObject({
          code: 'import-failed',
          message: expect.stringContaining(time.slice(0, 10)),
          hint: expect.stringContaining('jmeter.save.saveservice.timestamp_format'),
        });
      },
    );

    it('have the requests inside of a transaction, and not what is inside of a request', async () => {
      const read = await readOneResult(`<?xml version="1.0" encoding="UTF-8"?>
<testResults version="1.2">
<sample t="300" ts="1700000000000" s="true" lb="Journey" rm="Number of samples in transaction : 2, number of failing samples : 0">
  <httpSample t="100" ts="1700000000000" s="true" lb="login" rm="OK"/>
  <httpSample t="200" ts="1700000000100" s="true" lb="list &lt;all&gt;" rm="OK">
    <httpSample t="150" ts="1700000000100" s="true" lb="redirect" rm="Found"/>
    <responseData class="java.lang.String">&lt;html&gt;</responseData>
  </httpSample>
</sample>
</testResults>`);
      expect(read.metrics.http_reqs.count).toBe(2);
      expect(Object.keys(read.metrics.by_operation)).toEqual(['Journey (transaction)', 'login', 'list <all>']);
      expect(read.notes.join()).toMatch(/1 redirects.*1 rows of transaction controllers/);
    });

    it('may be XML that ends early, and are refused when it is none', async () => {
      const log = '<testResults version="1.2">\n<httpSample t="100" ts="1700000000000" s="true" lb="a"/>\n';
      expect((await readOneResult(log)).notes.join()).toContain('ends early');
      await expect(readResult(fileOf(`${log}<oops`.replace('"a"', 'a')))).rejects.toMatchObject({
        code: 'import-failed',
      });
    });

    it('have rows that stand for several samples: they are refused', async () => {
      const log = `${jmeterNames},SampleCount\n${row(1_700_000_000_000, 10).trim()},50\n`;
      await expect(readResult(fileOf(log))).rejects.toMatchObject({ hint: expect.stringContaining('-Jmode=Standard') });
    });

    it('have tables of other countries and versions', async () => {
      const german = `Label;# Samples;Average;Median;90% Line;95% Line;99% Line;Min;Max;Error %;Throughput;Received KB/sec;Sent KB/sec
a;1000;12;10;20;30;60;1;90;1,500%;10,25000;1,00;1,00
TOTAL;1000;12;10;20;30;60;1;90;1,500%;10,25000;1,00;1,00
`;
      const old = `sampler_label,aggregate_report_count,average,aggregate_report_median,aggregate_report_90%_line,aggregate_report_min,aggregate_report_max,aggregate_report_error%,aggregate_report_rate,aggregate_report_bandwidth
a,1000,12,10,20,1,90,0.0,10.25,1.0
TOTAL,1000,12,10,20,1,90,0.0,10.25,1.0
`;
      expect((await readOneResult(german)).metrics).toMatchObject({
        http_reqs: { count: 1_000, rate: 10.25 },
        http_req_failed: { count: 15 },
        http_req_duration: { percentiles: { 50: 10, 99: 60 } },
      });
      expect((await readOneResult(old)).metrics).toMatchObject({
        http_reqs: { count: 1_000, rate: 10.25 },
        http_req_failed: { count: 0 },
        http_req_duration: { percentiles: { 50: 10, 90: 20 } },
      });
      const small = german.replaceAll('10,25000', ',25000');
      expect((await readOneResult(small)).metrics.http_reqs.rate).toBe(0.25);
      const chinese = `Label,# 样本,平均值,中位数,90% 百分位,95% 百分位,99% 百分位,最小值,最大值,异常 %,吞吐量,接收 KB/sec,发送 KB/sec
a,1000,12,10,20,30,60,1,90,1.500%,10.25000,1.00,1.00
总体,1000,12,10,20,30,60,1,90,1.500%,10.25000,1.00,1.00
`;
      expect((await readOneResult(chinese)).metrics).toEqual((await readOneResult(german)).metrics);
      const summary = `Label,# Samples,Average,Min,Max,Std. Dev.,Error %,Throughput,Received KB/sec,Sent KB/sec,Avg. Bytes
a,100,12,1,90,5.00,1.000%,30.0/min,1.00,1.00,10.0
b,100,12,1,90,5.00,1.000%,30.0/min,1.00,1.00,10.0
`;
      const total = summary.replace(/^b/m, 'TOTAL');
      expect(await readOneResult(total)).toMatchObject({
        metrics: { http_reqs: { rate: 0.5 }, http_req_duration: { mean: 12, percentiles: {} } },
      });
      expect((await readOneResult(total)).notes.join()).toContain('no percentiles');
      await expect(readResult(fileOf(summary))).rejects.toMatchObject({ message: expect.stringContaining('TOTAL') });
    });
  });

  describe('of HdrHistogram', () => {
    const head = '#[Histogram log format version 1.3]\n';

    it('have times since a base, and several logs', async () => {
      const log = `${head}#[BaseTime: 1700000000.000 (seconds since epoch)]\n5.000,2.000,4.000,${hdrOf(1, 4)}\n3.000,2.000,2.000,${hdrOf(2)}\n`;
      const [first, second] = await readResults(`${log}${head}0.000,1.000,1.000,${hdrOf(1)}\n`);
      expect(first).toMatchObject({ startedAt: '2023-11-14T22:13:23.000Z', durationMs: 4_000 });
      expect(first?.metrics.http_reqs).toEqual({ count: 3, rate: 0.75 });
      expect(second).toMatchObject({ startedAt: null, durationMs: 1_000 });
    });

    it('have tags: without a row that has none they are the whole, else they stand apart', async () => {
      const tagged = `${head}Tag=read,0.000,1.000,2.000,${hdrOf(1, 2)}\nTag=write,0.000,1.000,8.000,${hdrOf(8)}\n`;
      expect((await readOneResult(tagged)).metrics).toMatchObject({
        http_reqs: { count: 3 },
        by_operation: { read: { count: 2 }, write: { count: 1 } },
      });
      const both = await readOneResult(`${tagged}0.000,1.000,8.000,${hdrOf(1, 2, 8)}\n`);
      expect(both.metrics).toMatchObject({ http_reqs: { count: 3 }, by_operation: { read: { count: 2 } } });
      expect(both.notes.join()).toContain('listed apart');
    });

    it('state a mean, which is taken', async () => {
      const text = `Value     Percentile TotalCount 1/(1-Percentile)
1.000 0.500000 50 2.00
9.000 1.000000 100 inf
#[Mean    =        3.200, StdDeviation   =        0.354]
#[Max     =        8.900, Total count    =          100]
`;
      expect((await readOneResult(text)).metrics.http_req_duration).toMatchObject({ mean: 3.2, max: 8.9, count: 100 });
    });
  });

  it('are attacks of Vegeta by their names', async () => {
    const hit = (attack: string, seq: number): string =>
      `${JSON.stringify({ attack, seq, code: 200, timestamp: '2026-01-01T00:00:00.5Z', latency: 1_000_000 * (seq + 1) })}\n`;
    const named = await readResults(`${hit('a', 0)}${hit('b', 0)}${hit('a', 1)}`);
    expect(named.map(({ subject, metrics }) => [subject, metrics.http_reqs.count])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect((await readOneResult(`${hit('', 0)}${hit('', 0)}`)).notes.join()).toContain('The file has 2 attacks');
  });

  it('are the first versions of Artillery 2 and of Locust', async () => {
    const response = { min: 1, max: 9, count: 10, median: 4, p95: 8, p99: 9 };
    const artillery = {
      aggregate: {
        counters: { 'engine.http.requests': 10, 'engine.http.codes.200': 9, 'engine.http.codes.500': 1 },
        histograms: { 'engine.http.response_time': response },
        firstCounterAt: 1_700_000_000_000,
        lastCounterAt: 1_700_000_010_000,
      },
    };
    expect(await readOneResult(JSON.stringify(artillery))).toMatchObject({
      durationMs: 10_000,
      metrics: {
        http_reqs: { count: 10 },
        http_req_failed: { count: 1 },
        http_req_duration: { percentiles: { 50: 4 } },
      },
    });
    const locust = `"Method","Name","# requests","# failures","Median response time","Average response time","Min response time","Max response time","Average Content Size","Requests/s"
"GET","/",100,2,5,6,1,40,12,10.00
"None","Total",100,2,5,6,1,40,12,10.00
`;
    expect(await readOneResult(locust)).toMatchObject({
      durationMs: 10_000,
      metrics: { http_req_failed: { count: 2 }, http_req_duration: { mean: 6, max: 40, percentiles: { 50: 5 } } },
    });
  });

  it('are lines of hey before it wrote a status', async () => {
    const read = await readOneResult(
      'response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read\n0.0100,0,0,0,0,0\n0.0200,0,0,0,0,0\n',
    );
    expect(read).toMatchObject({ durationMs: null, startedAt: null, latency: { includesFailures: true } });
    expect(read.metrics).toMatchObject({ http_reqs: { count: 2, rate: null }, http_req_failed: null });
  });

  it.each([
    [2_000_000_429, 2_000],
    [2, 2_000],
    [77, null],
  ])('are what Nighthawk writes for Fortio, which took %d', async (ActualDuration, durationMs) => {
    const read = await readOneResult(
      JSON.stringify({
        StartTime: '2026-01-01T00:00:00.5Z',
        ActualQPS: 30,
        ActualDuration,
        DurationHistogram: { Count: '60', Percentiles: [{ Percentile: 50, Value: 0.005 }] },
        RetCodes: { 200: '58', 503: '2' },
      }),
    );
    expect(read).toMatchObject({
      startedAt: '2026-01-01T00:00:00.500Z',
      durationMs,
      metrics: { http_reqs: { count: 60, rate: 30 }, http_req_failed: { count: 2 }, http_req_duration: { mean: null } },
    });
  });

  it('are documents one after the other, over several lines', async () => {
    const report = (rate: number): string =>
      JSON.stringify(
        {
          transactions: 100,
          elapsed_time: 10,
          response_time: 0.02,
          transaction_rate: rate,
          concurrency: 0.2,
          successful_transactions: 98,
          failed_transactions: 0,
          longest_transaction: 0.1,
          shortest_transaction: 0.01,
        },
        null,
        2,
      );
    const read = await readResults(`${report(10)}\n${report(10)}\n`);
    expect(read.map(({ metrics }) => metrics.http_req_duration.mean)).toEqual([20, 20]);
    await expect(readResult(fileOf(`${report(10)}\n${report(10).slice(0, -9)}`))).rejects.toMatchObject({
      code: 'import-failed',
    });
    await expect(readResult(fileOf(`${report(10)}\n{"name":"left-pad"}`))).rejects.toMatchObject({
      code: 'import-failed',
    });
  });

  describe('of a terminal', () => {
    const siege = (unit: string, mean: string): string => `** SIEGE 4.1.6
** Preparing 2 concurrent users for battle.
The server is now under siege...

Transactions:\t\t         100 hits
Availability:\t\t       95.24 %
Elapsed time:\t\t       10.00 secs
Response time:\t\t       ${mean} ${unit}
Transaction rate:\t       10.00 trans/sec
Concurrency:\t\t        0.20
Successful transactions:         100
Failed transactions:\t           5
Longest transaction:\t        ${mean} ${unit}
Shortest transaction:\t        0.00 ${unit}
`;
    it.each([
      ['secs', '0.02'],
      ['ms', '20.00'],
    ])('have times of siege in %s', async (unit, mean) => {
      expect(await readOneResult(siege(unit, mean))).toMatchObject({
        tool: 'siege',
        durationMs: 10_000,
        metrics: {
          http_reqs: { count: 105, rate: 10.5 },
          http_req_failed: { count: 5 },
          http_req_duration: { mean: 20, max: 20, min: 0, percentiles: {} },
        },
      });
    });

    it('may be JSON of siege and bombardier between other lines', async () => {
      const json =
        '{\t"transactions":\t\t\t         100,\n\t"availability":\t\t\t      100.00,\n\t"elapsed_time":\t\t\t       10.00,\n\t"response_time":\t\t       20.00,\n\t"transaction_rate":\t\t       10.00,\n\t"concurrency":\t\t\t        0.20,\n\t"successful_transactions":\t         100,\n\t"failed_transactions":\t\t           0,\n\t"longest_transaction":\t\t       90.00,\n\t"shortest_transaction":\t\t        1.00\n}';
      expect((await readOneResult(`** SIEGE 4.1.7\n\n${json}\n`)).metrics.http_req_duration).toMatchObject({
        mean: 20,
        max: 90,
      });
      const bombardier = `Bombarding http://127.0.0.1:1/a with 10 request(s) using 1 connection(s)\n 10 / 10 [=====] 100.00% 0s\nDone!\n{"spec":{"numberOfConnections":1,"url":"http://127.0.0.1:1/a"},"result":{"timeTakenSeconds":2,"req1xx":0,"req2xx":9,"req3xx":0,"req4xx":0,"req5xx":0,"others":1,"errors":[{"description":"x","count":1}],"latency":{"mean":5000,"stddev":1,"max":9000}}}\n`;
      expect(await readOneResult(bombardier)).toMatchObject({
        tool: 'bombardier',
        metrics: {
          http_reqs: { count: 10, rate: 5 },
          http_req_failed: { count: 1 },
          http_req_duration: { mean: 5, max: 9, percentiles: {} },
        },
      });
    });

    it('may have gone through the code pages of Windows', async () => {
      const autocannon = `Running 10s test @ http://127.0.0.1:3000
10 connections with 4 pipelining factor

ΓöîΓöÇΓö¼ΓöÇΓöÉ
Γöé Stat    Γöé 2.5% Γöé 50%  Γöé 97.5% Γöé 99%  Γöé Avg     Γöé Stdev   Γöé Max   Γöé
Γö£ΓöÇΓö╝ΓöÇΓöñ
Γöé Latency Γöé 1 ms Γöé 2 ms Γöé 5 ms  Γöé 8 ms Γöé 2.10 ms Γöé 1.00 ms Γöé 40 ms Γöé
ΓööΓöÇΓö┤ΓöÇΓöÿ

Γöé Percentile Γöé Latency (ms) Γöé
Γöé 99.9       Γöé 12           Γöé

900 2xx responses, 100 non 2xx responses
1k requests in 10.02s, 1.2 MB read
20 errors (5 timeouts)
`;
      expect((await readOneResult(Buffer.from(`\uFEFF${autocannon}`, 'utf16le'))).metrics).toMatchObject({
        http_reqs: { count: 1_000 },
        http_req_failed: { count: 120 },
        http_req_duration: { percentiles: { 50: 2, 97.5: 5, 99: 8, 99.9: 12 }, mean: 2.1, max: 40 },
      });
      const vegeta = `Requests      [total, rate, throughput]         10, 100.00, 99.00
Duration      [total, attack, wait]             1m0.5s, 1m0s, 500ms
Latencies     [min, mean, 50, 90, 95, 99, max]  500┬╡s, 5ms, 4ms, 10ms, 20ms, 30ms, 1.05s
Success       [ratio]                           100.00%
Status Codes  [code:count]                      0:1  200:9
`;
      expect(await readOneResult(vegeta)).toMatchObject({
        durationMs: 60_500,
        metrics: { http_req_failed: { count: 1 }, http_req_duration: { min: 0.5, max: 1_050 } },
      });
    });

    it('have colours, prompts, and the thresholds of k6', async () => {
      const k6 = `$ k6 run test.js
     execution: local
        script: test.js

\u001b[1m  █ THRESHOLDS \u001b[0m

    http_req_duration
    ✗ 'p(95)<5' p(95)=9.4ms
    ✓ 'p(95)<200' p(95)=9.4ms
      {name:read}
      ✓ 'p(99)<100' p(99)=5.27ms

  █ TOTAL RESULTS

    checks_total.......: 5560    25.849124/s

    HTTP
    http_req_duration.......: avg=3ms    min=503.29µs med=2.4ms max=1m2.5s p(90)=6.1ms p(95)=9.4ms
      { name:read }.........: avg=1.56ms  min=503.7µs  med=1.5ms   max=9.09ms   p(90)=2.14ms   p(95)=2.47ms
      { expected_response:true }...: avg=3.1ms min=1ms med=2.5ms max=1s p(90)=6ms p(95)=9.5ms
    http_req_failed.........: 0.25%  10 out of 4000
    http_reqs...............: 4000   200.5/s
`;
      expect(await readOneResult(k6)).toMatchObject({
        tool: 'k6',
        subject: 'test.js',
        latency: { includesFailures: false },
        thresholds: [
          { metric: 'http_req_duration', expression: 'p(95)<5', ok: false },
          { metric: 'http_req_duration', expression: 'p(95)<200', ok: true },
          { metric: 'http_req_duration{name:read}', expression: 'p(99)<100', ok: true },
        ],
        metrics: {
          http_reqs: { count: 4_000, rate: 200.5 },
          http_req_failed: { count: 10 },
          http_req_duration: { count: 3_990, max: 1_000, percentiles: { 50: 2.5, 95: 9.5 } },
        },
      });
    });

    it('tell of no request that succeeded no latencies', async () => {
      const k6 = `     http_req_duration..............: avg=1ms min=1ms med=1ms max=1ms p(90)=1ms p(95)=1ms
       { expected_response:true }...: avg=0s min=0s med=0s max=0s p(90)=0s p(95)=0s
     http_req_failed................: 100.00% ✓ 10 ✗ 0
   ✗ http_reqs......................: 10 1/s
`;
      expect((await readOneResult(k6)).metrics).toMatchObject({
        http_req_failed: { count: 10 },
        http_req_duration: { count: 0, mean: null, percentiles: {} },
      });
    });

    it('are of ghz, with a mean of all calls', async () => {
      const ghz = `
Summary:
  Name:\t\tgreet
  Count:\t200
  Total:\t181.57 ms
  Slowest:\t69.60 ms
  Fastest:\t26.09 ms
  Average:\t32.01 ms
  Requests/sec:\t1101.53

Response time histogram:
  26.093 [1]\t|

Latency distribution:
  10 % in 28.48 ms
  50 % in 30.62 ms
  99 % in 60.50 ms

Status code distribution:
  [OK]            190 responses
  [Unavailable]   10 responses

Error distribution:
  [10]   rpc error: code = Unavailable
`;
      expect(await readOneResult(ghz)).toMatchObject({
        tool: 'ghz',
        subject: 'greet',
        latency: { includesFailures: false },
        metrics: {
          http_reqs: { count: 200, rate: 1_101.53 },
          http_req_failed: { count: 10 },
          http_req_duration: { count: 190, mean: null, max: 69.6, percentiles: { 10: 28.48, 50: 30.62, 99: 60.5 } },
        },
      });
    });
  });

  it.each([
    [
      'a binary log of Gatling',
      Uint8Array.from([0, 0, 0, 0, 6, 0x33, 0x2e, 0x31, 0x33, 0x2e, 0x31, 1]),
      /binary log of Gatling/,
      /stats\.json/,
    ],
    ['the script of a report of Gatling', 'var stats = {\n  type: "GROUP"\n}', /report of Gatling/, /stats\.json/],
    [
      'what Gatling prints',
      '---- Global Information --------------------------------------------------------\n',
      /Gatling prints/,
      /simulation\.log/,
    ],
    ['a compressed file', Uint8Array.from([0x1f, 0x8b, 8, 0]), /is compressed/, /unpack/],
    [
      'what Artillery prints',
      'Phase started: unnamed (index: 0, duration: 1s) 10:00:00(+0000)\n',
      /Artillery prints/,
      /-o FILE/,
    ],
    ['what Locust prints', 'Type     Name       # reqs      # fails |    Avg     Min\n', /Locust prints/, /--csv/],
    [
      'what JMeter prints',
      'summary =    100 in 00:00:10 =   10.0/s Avg:     5 Min:     1 Max:    90 Err:     0 (0.00%)\n',
      /JMeter prints/,
      /-l FILE/,
    ],
    ['what Fortio prints', 'Fortio 1.69.1 running at 8 queries per second\n', /Fortio prints/, /-json/],
    ['what hyperfine prints', 'Benchmark 1: sleep 1\n', /hyperfine prints/, /--export-json/],
    [
      'the table of hyperfine',
      'command,mean,stddev,median,user,system,min,max\n',
      /table of hyperfine/,
      /--export-json/,
    ],
    ['the failures of Locust', 'Method,Name,Error,Occurrences\n', /failures of Locust/, /_stats\.csv/],
    [
      'the CSV of oha',
      'request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status\n',
      /CSV of oha/,
      /--output-format json/,
    ],
  ])('are refused by name: %s', async (_name, content, message, hint) => {
    await expect(readResult(fileOf(content))).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});
