import { serveHttps } from '../serveHttps';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'HTTPS with a certificate of one’s own that is accepted on purpose',
  start: () => serveHttps((_request, response) => response.end('ok')),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  options: ['--insecure'],
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
