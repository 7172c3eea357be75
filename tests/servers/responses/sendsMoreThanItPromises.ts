import { serveBytes } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a Content-Length that counts characters and not bytes: what follows it belongs to no request',
  start: () => serveBytes('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ncafé!!'),
  scenario: { load: steady(75, 2), thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^unexpected-data$/, count: 150 }] },
};
