import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a service at half of its limit: the ordinary pass',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 500)),
  scenario: { load: steady(125, 2), thresholds: p95Under(1_000) },
  alone: true,
  expected: { verdict: 'passed', requests: 250, p50: [498, 1_000], p95: [498, 1_000] },
};
