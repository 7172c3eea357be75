import { behindLink } from '../delayLink';
import { serveUntilIdle } from '../serve';
import { type Situation, steady } from '../situation';

const idleMs = 300;
const oneWayMs = 50;

export const situation: Situation = {
  standsFor: 'the same race with a RST, as far load balancers make it',
  start: async () => behindLink(await serveUntilIdle(idleMs, (socket) => socket.resetAndDestroy()), oneWayMs),
  scenario: {
    load: { ...steady(5, 8), arrivals: 'poisson', preAllocatedVUs: 1, gracefulStop: '2s' },
    thresholds: { http_req_duration: ['p(50)<2000'] },
  },
  expected: { verdict: 'passed', requests: [20, 65], p50: [2 * oneWayMs - 2, 1_000], reconnects: [1, 30] },
};
