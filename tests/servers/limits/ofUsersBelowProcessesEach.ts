import { serveHttp } from '../serve';
import { atOnce, type Situation } from '../situation';

export const situation: Situation = {
  standsFor: 'two users with iterations of their own over three processes',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 2)),
  scenario: {
    load: { executor: 'per-vu-iterations', vus: 2, iterations: 500, maxDuration: '30s' },
    processes: 3,
    thresholds: { http_req_duration: ['p(95)<2000'] },
  },
  expected: { verdict: 'passed', requests: 1_000, p50: atOnce, rate: [34, 1_000] },
};
