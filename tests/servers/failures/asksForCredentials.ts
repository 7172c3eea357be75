import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a token that is missing or has expired',
  start: () => serveHttp((_request, response) => response.writeHead(401).end()),
  scenario: { load: steady(75, 2), thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^status-401$/, count: 150 }] },
};
