import { closeSync, openSync, writeSync } from 'node:fs';
import type { SecondOfOperation } from '../../electron/history/responseBlocks';
import type { RunInterval } from '../../shared/run/metrics';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { seededRandom } from '../../shared/statistics/random';
import { runInterval } from '../../tests/support/factories';
import { measuredParts } from '../measuredParts';

const random = seededRandom(1);

/** A response time in ms, exponential with a mean of 5 ms. */
function latencyMs(): number {
  return -Math.log(1 - random()) * 5;
}

/** Writes a file in pieces. */
function writeLines(path: string, head: string, count: number, lineOf: (index: number) => string): void {
  const file = openSync(path, 'w');
  writeSync(file, head);
  let piece = '';
  for (let index = 0; index < count; index += 1) {
    piece += lineOf(index);
    if (piece.length > 2 ** 20 || index === count - 1) {
      writeSync(file, piece);
      piece = '';
    }
  }
  closeSync(file);
}

/** Writes a result log of JMeter with its default columns. */
export function writeJtl(path: string, rows: number): void {
  const head =
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n';
  const labels = ['GET /', 'login', '"search, all"', 'checkout'];
  writeLines(path, head, rows, (index) => {
    const elapsed = Math.ceil(latencyMs());
    return `${1_700_000_000_000 + index},${elapsed},${labels[index % 4]},200,OK,T 1-${index % 100},text,true,,512,120,10,10,http://127.0.0.1/,${elapsed},0,0\n`;
  });
}

const metrics = ['http_reqs', 'duration', 'blocked', 'connecting', 'sending', 'waiting', 'receiving', 'failed'];

/** Writes a stream of samples of k6, eight lines a request. */
export function writeK6(path: string, requests: number): void {
  const head = '{"type":"Metric","data":{"name":"http_req_duration","type":"trend"},"metric":"http_req_duration"}\n';
  writeLines(path, head, requests, (index) => {
    const time = new Date(1_700_000_000_000 + index).toISOString();
    const tags = `"expected_response":"true","group":"","method":"GET","name":"http://127.0.0.1/${index % 7}","proto":"HTTP/1.1","scenario":"default","status":"200","url":"http://127.0.0.1/${index % 7}"`;
    return metrics
      .map((name) => {
        const metric = name === 'http_reqs' ? name : `http_req_${name}`;
        return `{"metric":"${metric}","type":"Point","data":{"time":"${time}","value":${latencyMs().toFixed(6)},"tags":{${tags}}}}\n`;
      })
      .join('');
  });
}

/** A second with as many different values as one of a measured run has. */
export function intervalOf(t: number): RunInterval {
  const ms = (upTo: number): number => Number((random() * upTo).toFixed(3));
  const share = (): number => Number(random().toFixed(5));
  return runInterval({
    t,
    rate: 200 + random(),
    p50: ms(1),
    p95: 4 + ms(1),
    p99: 7 + ms(2),
    max: 12 + ms(20),
    cacheHitRate: random(),
    cacheLookups: 125 + Math.floor(random() * 10),
    generatorGcMs: ms(10),
    generatorCpuWaitMs: ms(50),
    generatorCpuSlices: 500 + Math.floor(random() * 50),
    generatorUtilisation: share(),
    targetCpu: share(),
    targetUtilisation: share(),
    targetRssMb: 200 + ms(5),
    targetHeapMb: 70 + ms(20),
    targetGcMs: ms(2),
    targetCpuWaitMs: ms(40),
    targetLoopDelayMs: ms(5),
    targetWrittenMb: ms(1),
    parts: Object.fromEntries(measuredParts.map((name) => [name, ms(1)])),
  });
}

/** Response times of so many seconds, each with so many requests of so many operations. */
export function secondsOf(seconds: number, requests: number, operations: number): SecondOfOperation[] {
  return Array.from({ length: seconds * operations }, (_, place) => {
    const histogram = new LatencyHistogram();
    for (let request = 0; request < requests / operations; request += 1) histogram.record(latencyMs() * 1_000);
    return {
      t: Math.floor(place / operations) + 1,
      operation: `step ${place % operations}`,
      histogram: histogram.toSparse(),
    };
  });
}
