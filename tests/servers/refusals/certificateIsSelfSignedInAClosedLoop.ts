import { serveHttps } from '../serveHttps';
import { p95Under, type Situation } from '../situation';

export const situation: Situation = {
  standsFor: 'the same in a closed loop, which opens all of its connections before the load',
  start: () => serveHttps((_request, response) => response.end('ok')),
  scenario: {
    load: { executor: 'constant-vus', vus: 20, duration: '3s', gracefulStop: '1s' },
    thresholds: p95Under(1_000),
  },
  expected: { exitCodes: [1, 2], says: /certificate/i },
};
