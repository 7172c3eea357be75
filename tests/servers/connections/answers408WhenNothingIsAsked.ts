import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor:
    'Node answers 408 on connections without a byte for 60 s, which it looks for every 30 s; here for 1 s, every 0.5 s. Connections that were opened ahead and never used are no restart',
  start: () =>
    serveHttp((_request, response) => response.end('ok'), {
      headersTimeout: 1_000,
      requestTimeout: 1_000,
      connectionsCheckingInterval: 500,
    }),
  alone: true,
  scenario: { load: steady(150, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 300, p50: atOnce },
};
