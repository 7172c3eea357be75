import { serveBytes } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a Content-Length that counts characters and not bytes, the other way round: the rest never comes',
  start: () => serveBytes('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok'),
  scenario: { load: { ...steady(75, 2), gracefulStop: '2s' }, timeout: '500ms', thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^timeout$/, count: 150 }] },
};
