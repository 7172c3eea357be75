import { Session } from 'node:inspector/promises';
import { expect, it } from 'vitest';
import { httpResponse, plainWorkload } from '../../tests/support/factories';
import { Exchange } from './http/exchange';
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

/** Records requests as the executors do, with the headers of a response of the document service. */
function recordRequests(recorder: Recorder, count: number): void {
  const headers: Record<string, string> = {
    'server-timing': 'cache;dur=0.011, fetch;dur=0.250, handler;dur=0.302',
    'cache-status': 'proofload; hit',
  };
  const response = httpResponse({ header: (name) => headers[name] });
  const request = plainWorkload.next();
  const exchange = new Exchange(() => {});
  for (let index = 0; index < count; index += 1) {
    const intendedMs = 1_000 + index * 0.2;
    recorder.sent(intendedMs, intendedMs + 0.1);
    exchange.begin(request, intendedMs, intendedMs + 0.1);
    exchange.writtenMs = intendedMs + 0.15;
    exchange.firstByteMs = intendedMs + 0.6;
    exchange.endedMs = intendedMs + 0.7 + (index % 100) / 50;
    exchange.response = response;
    recorder.completed(exchange, undefined);
  }
}

it('records a request without allocating, as a heap profiler sees it', async () => {
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
