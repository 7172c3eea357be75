import { serveRaw } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a worker that dies while it writes: half a body is no answer',
  start: () => serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')),
  scenario: { load: steady(75, 2), thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^incomplete-response$/, count: 150 }] },
};
