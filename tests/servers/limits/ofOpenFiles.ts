import { serveHttp } from '../serve';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor:
    'a generator that may have 160 files open and needs 400 connections: its limit, and not the target’s failure',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 2_000)),
  scenario: { load: { ...steady(200, 4), gracefulStop: '15s' }, thresholds: { http_req_failed: ['rate<0.01'] } },
  openFiles: 160,
  expected: {
    verdict: 'inconclusive',
    requests: [200, 800],
    failures: [{ kind: /^out-of-(files|ports)$/, count: [100, 760] }],
    says: /open files|file descriptors|file limit|ulimit/i,
  },
};
