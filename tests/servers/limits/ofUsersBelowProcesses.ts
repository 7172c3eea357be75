import { serveHttp } from '../serve';
import { atOnce, type Situation } from '../situation';

export const situation: Situation = {
  standsFor:
    'one user over two processes: the process without a user has nothing to wait for, and no iteration is lost',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 2)),
  scenario: {
    load: { executor: 'shared-iterations', vus: 1, iterations: 300, maxDuration: '30s' },
    processes: 2,
    thresholds: { http_req_duration: ['p(95)<2000'] },
  },
  expected: { verdict: 'passed', requests: 300, p50: atOnce, rate: [10.2, 1_000] },
};
