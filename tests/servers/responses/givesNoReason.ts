import { serveBytes } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a status line without a reason phrase and without the space before it',
  start: () => serveBytes('HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok'),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
