import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'a service at twice its limit: the ordinary failure',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 1_000)),
  scenario: { load: steady(125, 2), thresholds: p95Under(500) },
  alone: true,
  expected: { verdict: 'failed', requests: 250, p50: waited(1_000), says: /P95/ },
};
