import { encodeHdr } from '../../../electron/hdr/hdrCodec';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { type ForeignFormat, type ForeignRun, type ForeignSample, iso } from './foreignRun';
import { vegetaGob } from './gobWriter';

/* Formats with a line or a row for each request. */

const exact = {
  latencies: 'successful',
  ranks: [50, 95, 99],
  resolution: { ms: 0.002, share: 0.001 },
  startMs: 1,
  durationMs: 0.01,
  hasRate: true,
} as const;
const wholeMs = { ...exact, resolution: { ms: 0.51, share: 0.001 }, durationMs: 1 } as const;

const rows = (run: ForeignRun, rowOf: (sample: ForeignSample) => string, head = ''): string =>
  `${head}${run.samples.map((sample) => `${rowOf(sample)}\n`).join('')}`;

const jmeterNames = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'dataType',
  'success',
  'failureMessage',
  'bytes',
];

/** A row of a result log; `timeOf` writes its time. */
function jmeterRow(sample: ForeignSample, delimiter = ',', timeOf: (ms: number) => string = String): string {
  const { startMs, latencyMs, ok } = sample;
  const cells = [timeOf(startMs), Math.round(latencyMs), 'a', ok ? 200 : 500, ok ? 'OK' : 'Error', 'T 1-1', 'text', ok];
  return [...cells, '', 1].join(delimiter);
}

const jmeterCsv = (delimiter: string, hasNames = true): ForeignFormat => ({
  ...wholeMs,
  name: `JMeter, log with ${JSON.stringify(delimiter)}${hasNames ? '' : ' without names'}`,
  write: (run) =>
    rows(run, (sample) => jmeterRow(sample, delimiter), hasNames ? `${jmeterNames.join(delimiter)}\n` : ''),
});

const vegetaRow = ({ startMs, latencyMs, ok }: ForeignSample) => ({
  attack: 'a',
  seq: 1,
  code: ok ? 200 : 500,
  timestamp: iso(startMs),
  latency: Math.round(latencyMs * 1e6),
  bytes_out: 0,
  bytes_in: 1,
  error: ok ? '' : '500 Internal Server Error',
  body: '',
  method: 'GET',
  url: 'http://127.0.0.1/',
  headers: null,
});

const k6Names = 'metric_name,timestamp,metric_value,expected_response,method,name,status\n';
const k6Row = ({ startMs, latencyMs, ok }: ForeignSample, digits: number): string => {
  const ended = startMs + latencyMs;
  const timestamp = digits === 0 ? Math.floor(ended / 1_000) : Math.round(ended * 1_000);
  return `http_req_duration,${timestamp},${latencyMs.toFixed(6)},${ok},GET,/,${ok ? 200 : 500}`;
};

/** All of a run as one interval. */
function hdrLog({ all, startMs, durationMs }: ForeignRun): string {
  const histogram = new LatencyHistogram();
  for (const latencyMs of all) histogram.record(latencyMs * 1_000);
  return [
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${(startMs / 1_000).toFixed(3)} (seconds since epoch), somewhen]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    `0.000,${(durationMs / 1_000).toFixed(3)},${(histogram.maxUs / 1_000).toFixed(3)},${encodeHdr(histogram)}`,
    '',
  ].join('\n');
}

const gatlingRow = (sample: ForeignSample): string => {
  const endMs = sample.startMs + Math.round(sample.latencyMs);
  return `REQUEST\t\ta\t${sample.startMs}\t${endMs}\t${sample.ok ? 'OK' : 'KO'}\t${sample.ok ? ' ' : 'status 500'}`;
};

export const sampleFormats: readonly ForeignFormat[] = [
  jmeterCsv(','),
  jmeterCsv(';'),
  jmeterCsv('\t'),
  jmeterCsv('^'),
  jmeterCsv(',', false),
  jmeterCsv('\t', false),
  {
    ...wholeMs,
    name: 'JMeter, log with formatted times',
    startMs: null,
    write: (run) =>
      rows(
        run,
        (sample) => jmeterRow(sample, ',', (ms) => iso(ms).replace('T', ' ').replace('Z', '')),
        `${jmeterNames.join()}\n`,
      ),
  },
  {
    ...wholeMs,
    name: 'JMeter, log with whole seconds',
    startMs: null,
    durationMs: null,
    hasRate: false,
    write: (run) =>
      rows(
        run,
        (sample) => jmeterRow(sample, ',', (ms) => iso(ms).slice(0, 19).replace('T', ' ')),
        `${jmeterNames.join()}\n`,
      ),
  },
  {
    ...wholeMs,
    name: 'JMeter, XML',
    write: (run) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n${rows(
        run,
        ({ startMs, latencyMs, ok }) =>
          `<httpSample t="${Math.round(latencyMs)}" lt="0" ts="${startMs}" s="${ok}" lb="a &amp; b" rc="200" rm="OK"><java.net.URL>http://127.0.0.1/</java.net.URL></httpSample>`,
      )}</testResults>\n`,
  },
  {
    ...exact,
    name: 'k6, --out json',
    // The end of a request is written with nanoseconds.
    write: (run) =>
      rows(run, ({ startMs, latencyMs, ok }) => {
        const endNs = BigInt(startMs) * 1_000_000n + BigInt(Math.round(latencyMs * 1e6));
        const time = `${iso(Number(endNs / 1_000_000_000n) * 1_000).slice(0, 19)}.${String(endNs % 1_000_000_000n).padStart(9, '0')}Z`;
        const data = { time, value: latencyMs, tags: { expected_response: String(ok), status: ok ? '200' : '500' } };
        return JSON.stringify({ metric: 'http_req_duration', type: 'Point', data });
      }),
  },
  {
    ...exact,
    name: 'k6, --out csv with seconds',
    startMs: 2_000,
    durationMs: null,
    hasRate: false,
    write: (run) => rows(run, (sample) => k6Row(sample, 0), k6Names),
  },
  {
    ...exact,
    name: 'k6, --out csv with microseconds',
    write: (run) => rows(run, (sample) => k6Row(sample, 6), k6Names),
  },
  {
    ...exact,
    name: 'Vegeta, encode as JSON',
    write: (run) => rows(run, (sample) => JSON.stringify(vegetaRow(sample))),
  },
  {
    ...exact,
    name: 'Vegeta, encode as CSV',
    write: (run) =>
      rows(run, (sample) => {
        const { code, latency, error } = vegetaRow(sample);
        return `${sample.startMs}000000,${code},${latency},0,1,${error},,a,1,GET,http://127.0.0.1/,`;
      }),
  },
  { ...exact, name: 'Vegeta, attack', write: vegetaGob },
  {
    ...exact,
    name: 'hey, csv',
    startMs: null,
    resolution: { ms: 0.06, share: 0.001 },
    durationMs: 0.2,
    write: (run) =>
      rows(
        run,
        ({ startMs, latencyMs, ok }) =>
          `${(latencyMs / 1_000).toFixed(4)},0,0,0,0,0,${ok ? 200 : 500},${((startMs - run.startMs) / 1_000).toFixed(4)}`,
        'response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n',
      ),
  },
  {
    ...wholeMs,
    name: 'Gatling, simulation.log',
    write: (run) =>
      `RUN\tshop.Browsing\tbrowsing\t${run.startMs}\t \t3.9.5\nUSER\tusers\tSTART\t${run.startMs}\n${rows(run, gatlingRow)}`,
  },
  {
    ...exact,
    name: 'ghz, with details',
    write: (run) => {
      const totalNs = Math.round(run.durationMs * 1e6);
      return JSON.stringify({
        date: iso(run.startMs + run.durationMs),
        count: run.count,
        total: totalNs,
        average: 1,
        fastest: 1,
        slowest: 1,
        rps: run.rate,
        statusCodeDistribution: { OK: run.count - run.failed, Unavailable: run.failed },
        latencyDistribution: [],
        details: run.samples.map(({ startMs, latencyMs, ok }) => ({
          timestamp: new Date(Math.floor(startMs + latencyMs))
            .toISOString()
            .replace('Z', `${((startMs + latencyMs) % 1).toFixed(6).slice(2)}Z`),
          latency: Math.round(latencyMs * 1e6),
          error: ok ? '' : 'unavailable',
          status: ok ? 'OK' : 'Unavailable',
        })),
      });
    },
  },
  {
    ...exact,
    name: 'HdrHistogram, log',
    latencies: 'all, failures unknown',
    resolution: { ms: 0.002, share: 0.002 },
    durationMs: 1,
    write: hdrLog,
  },
];
