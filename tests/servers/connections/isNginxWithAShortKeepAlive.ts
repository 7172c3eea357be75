import { serveNginx } from '../serveNginx';
import { atOnce, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'nginx that closes idle connections after a second, and the ones that never spoke as well',
  start: () => serveNginx({ server: 'keepalive_timeout 1s; client_header_timeout 1s;' }),
  scenario: {
    load: { ...steady(3, 8), arrivals: 'poisson' },
    thresholds: { http_req_duration: ['p(50)<1000'] },
  },
  expected: { verdict: 'passed', requests: [10, 45], p50: atOnce },
};
