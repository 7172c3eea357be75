import { serveNginx } from '../serveNginx';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'nginx before 1.19.10, whose connections end after 100 requests',
  start: () => serveNginx({ server: 'keepalive_requests 100;' }),
  scenario: { load: steady(200, 5), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 1_000, p50: atOnce },
};
