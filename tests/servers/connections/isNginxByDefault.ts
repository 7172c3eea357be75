import { serveNginx } from '../serveNginx';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'nginx with its defaults: a connection ends after 1,000 requests, and the load goes on',
  start: () => serveNginx(),
  scenario: { load: steady(400, 5), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 2_000, p50: atOnce },
};
