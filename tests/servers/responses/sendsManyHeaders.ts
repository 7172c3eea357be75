import { serveBytes } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

const cookies = Array.from({ length: 140 }, (_, index) => `Set-Cookie: c${index}=v\r\n`).join('');

export const situation: Situation = {
  standsFor: 'more header lines than the 128 that some parsers have room for',
  start: () => serveBytes(`HTTP/1.1 200 OK\r\n${cookies}Content-Length: 2\r\n\r\nok`),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
