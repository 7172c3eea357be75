import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'Connection: close with every answer: as many connections as requests, and none of them lost',
  start: () =>
    serveHttp((_request, response) => {
      response.setHeader('Connection', 'close');
      response.end('ok');
    }),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce, connections: [240, 340] },
};
