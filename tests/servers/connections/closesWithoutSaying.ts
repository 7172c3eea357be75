import { plainAnswer, serveRaw } from '../serve';
import { type Situation, waited } from '../situation';

export const situation: Situation = {
  standsFor:
    'a server that closes after each answer and does not announce it: in a closed loop every next request meets the close',
  start: () => serveRaw((socket) => void setTimeout(() => socket.end(plainAnswer), 20)),
  scenario: {
    load: { executor: 'constant-vus', vus: 2, duration: '4s', gracefulStop: '1s' },
    thresholds: { http_req_duration: ['p(50)<2000'] },
  },
  expected: { verdict: 'passed', requests: [50, 402], p50: waited(20) },
};
