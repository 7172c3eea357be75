import { serveBytes } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a space between the name of a header and its colon, which a client removes (RFC 9112, 5.1)',
  start: () => serveBytes('HTTP/1.1 200 OK\r\nX-Note : one\r\nContent-Length: 2\r\n\r\nok'),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
