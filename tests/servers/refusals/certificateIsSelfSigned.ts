import { serveHttps } from '../serveHttps';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'HTTPS with a certificate that nobody vouches for: said by that name, with what can be done',
  start: () => serveHttps((_request, response) => response.end('ok')),
  scenario: { load: steady(50, 3), thresholds: p95Under(1_000) },
  expected: { exitCodes: [1, 2], says: /certificate/i },
};
