import { serveHttp } from '../serve';
import { atOnce, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'Keep-Alive: timeout=1, which a client honours with a margin instead of running into the close',
  start: () =>
    serveHttp((_request, response) => response.end('ok'), { keepAliveTimeout: 1_000, keepAliveTimeoutBuffer: 0 }),
  scenario: {
    load: { ...steady(3, 8), arrivals: 'poisson', preAllocatedVUs: 1 },
    thresholds: { http_req_duration: ['p(50)<1000'] },
  },
  expected: { verdict: 'passed', requests: [10, 40], p50: atOnce },
};
