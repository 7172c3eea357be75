import { serveNginx } from '../serveNginx';
import { atOnce, type Situation } from '../situation';

export const situation: Situation = {
  standsFor: 'nginx at its worker_connections: for each new connection it closes up to 32 that it has just served',
  start: () => serveNginx({ events: 'worker_connections 64;' }),
  scenario: {
    load: { executor: 'shared-iterations', vus: 400, iterations: 100_000 },
    thresholds: { http_req_failed: ['rate<0.001'] },
  },
  alone: true,
  expected: {
    verdict: 'passed',
    requests: 100_000,
    p50: atOnce,
    failures: [{ kind: /^connection-/, count: [0, 70] }],
    says: /it holds about \d\d at once/,
  },
};
