import { serveHttp } from '../serve';
import { atOnce, type Situation } from '../situation';

export const situation: Situation = {
  standsFor: 'two users with iterations of their own over three processes',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 5)),
  scenario: {
    load: { executor: 'per-vu-iterations', vus: 2, iterations: 100, maxDuration: '15s' },
    processes: 3,
    thresholds: { http_req_duration: ['p(95)<1000'] },
  },
  expected: { verdict: 'passed', requests: 200, p50: atOnce, rate: [60, 450] },
};
