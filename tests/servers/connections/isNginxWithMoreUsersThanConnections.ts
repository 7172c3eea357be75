import { serveNginx } from '../serveNginx';
import { atOnce, type Situation } from '../situation';

export const situation: Situation = {
  standsFor: 'nginx at its worker_connections: for each new connection it closes up to 32 that it has just served',
  start: () => serveNginx({ events: 'worker_connections 64;' }),
  scenario: {
    load: { executor: 'constant-vus', vus: 400, duration: '3s' },
    thresholds: { http_req_failed: ['rate<0.001'] },
  },
  alone: true,
  expected: {
    verdict: 'passed',
    p50: atOnce,
    // How many depends on how fast the machine is; the threshold bounds their share.
    failures: [{ kind: /^connection-/, count: [0, 1_000] }],
    says: /it holds about \d\d at once/,
  },
};
