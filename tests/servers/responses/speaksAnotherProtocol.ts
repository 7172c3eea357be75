import { serveRaw } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'the wrong port: something listens there, and it is not HTTP',
  start: () => serveRaw((socket) => socket.end('-ERR unknown command\r\n')),
  scenario: { load: steady(75, 2), thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^(malformed|incomplete)-response$/, count: 150 }] },
};
