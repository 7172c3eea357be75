import { serveBytes } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'an empty line after the body that belongs to nothing, as old CGI programs add it',
  start: () => serveBytes('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n'),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
