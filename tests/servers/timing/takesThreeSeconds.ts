import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'reports that take 3 s each, as is expected of them: 200 are under way at a time',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 3_000)),
  scenario: { load: { ...steady(100, 2), gracefulStop: '10s' }, thresholds: p95Under(6_000) },
  expected: { verdict: 'passed', requests: 200, p50: waited(3_000), p95: waited(3_000) },
};
