import { serveHttp } from '../serve';
import { type Situation, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'the same with 300 virtual users: the message names the limit, and not a target that accepts nothing',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 200)),
  scenario: {
    load: { executor: 'constant-vus', vus: 300, duration: '1s', gracefulStop: '2s' },
    thresholds: { http_req_failed: ['rate<0.01'] },
  },
  openFiles: 160,
  expected: {
    verdict: 'inconclusive',
    requests: [300, 1_000_000],
    failures: [{ kind: /^out-of-(files|ports)$/, count: [100, 1_000_000] }],
    p50: waited(200),
    says: /open files|file descriptors|file limit|ulimit/i,
  },
};
