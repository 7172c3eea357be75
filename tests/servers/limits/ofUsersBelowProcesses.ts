import { serveHttp } from '../serve';
import { atOnce, type Situation } from '../situation';

export const situation: Situation = {
  standsFor:
    'one user over two processes: the process without a user has nothing to wait for, and no iteration is lost',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 5)),
  scenario: {
    load: { executor: 'shared-iterations', vus: 1, iterations: 200, maxDuration: '15s' },
    processes: 2,
    thresholds: { http_req_duration: ['p(95)<1000'] },
  },
  expected: { verdict: 'passed', requests: 200, p50: atOnce, rate: [50, 250] },
};
