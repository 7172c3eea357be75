import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'the wrong path: 404 is fast, and no answer to what was asked',
  start: () => serveHttp((_request, response) => response.writeHead(404).end()),
  scenario: { load: steady(75, 2), thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^status-404$/, count: 150 }] },
};
