import { serveUntilIdle } from '../serve';
import { atOnce, type Situation, steady } from '../situation';

const idleMs = 300;

export const situation: Situation = {
  standsFor: 'load balancers that forget an idle connection and answer with a RST',
  start: () => serveUntilIdle(idleMs, (socket) => socket.resetAndDestroy()),
  scenario: {
    load: { ...steady(5, 8), arrivals: 'poisson', preAllocatedVUs: 1 },
    thresholds: { http_req_duration: ['p(50)<1000'] },
  },
  expected: { verdict: 'passed', requests: [20, 65], p50: atOnce, connections: [2, 65] },
};
