import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'the ordinary case: a Node server with all its defaults',
  start: () => serveHttp((_request, response) => response.end('ok')),
  scenario: { load: steady(100, 4), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 400, p50: atOnce, rate: [75, 101], says: /held (\d\d\.\d|100) req/ },
};
