import { serveUntilIdle } from '../serve';
import { atOnce, type Situation, steady } from '../situation';

const idleMs = 300;

export const situation: Situation = {
  standsFor: 'a server that says nothing of its time-out and ends idle connections with a FIN',
  start: () => serveUntilIdle(idleMs, (socket) => socket.destroy()),
  scenario: {
    load: { ...steady(5, 8), arrivals: 'poisson', preAllocatedVUs: 1 },
    thresholds: { http_req_duration: ['p(50)<1000'] },
  },
  // Every gap above the time-out costs a connection: e^-1.5, 22 % of them.
  expected: { verdict: 'passed', requests: [20, 65], p50: atOnce, connections: [2, 65] },
};
