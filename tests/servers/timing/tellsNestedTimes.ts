import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'Server-Timing with a part inside another: 30 ms in the application, 25 of them in its database',
  start: () =>
    serveHttp((_request, response) => {
      response.setHeader('Server-Timing', 'app;dur=30, db;dur=25');
      setTimeout(() => response.end('ok'), 30);
    }),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: waited(30) },
};
