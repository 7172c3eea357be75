import { behindLink } from '../delayLink';
import { serveUntilIdle } from '../serve';
import { type Situation, steady } from '../situation';

const idleMs = 300;
const oneWayMs = 50;

export const situation: Situation = {
  standsFor:
    'the race of RFC 9112, 9.3.1: a request is on its way while the close of the idle connection is on its own',
  start: async () => behindLink(await serveUntilIdle(idleMs, (socket) => socket.destroy()), oneWayMs),
  scenario: {
    load: { ...steady(5, 8), arrivals: 'poisson', preAllocatedVUs: 1, gracefulStop: '2s' },
    thresholds: { http_req_duration: ['p(50)<2000'] },
  },
  // A gap of 200 to 300 ms after an answer races with the close: 14 % of 40. The request is sent again, in its own time.
  expected: { verdict: 'passed', requests: [20, 65], p50: [2 * oneWayMs - 2, 1_000], reconnects: [1, 30] },
};
