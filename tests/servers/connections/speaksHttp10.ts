import { serveRaw } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'HTTP/1.0: the end of the connection is the end of the body',
  start: () => serveRaw((socket) => socket.end('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nok')),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
