import { serveHttp, sinceFirst } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a leak: from 5 ms to 40 in the course of the run, and far from the limit at its end',
  start: () => {
    const elapsedMs = sinceFirst();
    return serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 5 + elapsedMs() * (35 / 6_000)));
  },
  scenario: { load: steady(100, 6), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 600, p50: [20, 600], p95: [35, 2_000] },
};
