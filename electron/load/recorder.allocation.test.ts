import { Session } from 'node:inspector/promises';
import { expect, it } from 'vitest';
import { plainWorkload } from '../../tests/support/factories';
import { Exchange } from './http/exchange';
import { ResponseParser } from './http/responseParser';
import { Recorder } from './recorder';

const warmupRequests = 300_000;
const profiledRequests = 500_000;
/** The distance between two samples of the profiler, in bytes. */
const samplingInterval = 512;

interface ProfileNode {
  callFrame: { functionName: string; url: string };
  selfSize: number;
  children: ProfileNode[];
}

/** The bytes that functions in our own files allocated, including garbage. */
function bytesOf({ callFrame, selfSize, children }: ProfileNode): number {
  const ours = /\/(electron|shared)\//.test(callFrame.url) && !callFrame.url.includes('.test.');
  return children.reduce((sum, child) => sum + bytesOf(child), ours ? selfSize : 0);
}

/** Bytes as the document service sends them. */
const received = Buffer.from(
  [
    'HTTP/1.1 200 OK',
    'Cache-Status: proofload; hit',
    'Content-Length: 2',
    'Server-Timing: loop;dur=0.000, cache;dur=0.011, fetch;dur=0.250, handler;dur=0.302',
    '',
    'ok',
  ].join('\r\n'),
);
const lastDigit = received.indexOf('302') + 2;

/** Reads and records responses as connections and executors do. No two in a row have the same times. */
function recordRequests(recorder: Recorder, count: number): void {
  const response = new ResponseParser();
  const request = plainWorkload.next();
  const exchange = new Exchange(() => {});
  for (let index = 0; index < count; index += 1) {
    const intendedMs = 1_000 + index * 0.2;
    recorder.sent(intendedMs, intendedMs + 0.1);
    exchange.begin(request, intendedMs, intendedMs + 0.1);
    exchange.writtenMs = intendedMs + 0.15;
    exchange.firstByteMs = intendedMs + 0.6;
    exchange.endedMs = intendedMs + 0.7 + (index % 100) / 50;
    response.expect('GET', false);
    received[lastDigit] = 0x30 + (index % 10);
    response.push(received, received.length);
    exchange.response = response;
    recorder.completed(exchange, undefined);
  }
}

it('reads and records a response without allocating, as a heap profiler sees it', async () => {
  const recorder = new Recorder(0);
  recordRequests(recorder, warmupRequests);
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  recordRequests(recorder, profiledRequests);
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  // At most half of the smallest possible object. What is left comes from moments in which a function is not optimised
  // yet.
  expect(bytesOf(profile.head) / profiledRequests).toBeLessThan(8);
});
