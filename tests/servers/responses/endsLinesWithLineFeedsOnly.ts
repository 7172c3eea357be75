import { serveBytes } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'scripts that print a header by hand: lines end with LF alone (RFC 9112, 2.2)',
  start: () => serveBytes('HTTP/1.1 200 OK\nContent-Length: 2\n\nok'),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
