import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a session that is missing: every request is sent to the login, fast and green',
  start: () =>
    serveHttp((_request, response) => {
      response.writeHead(302, { Location: '/login' });
      response.end();
    }),
  scenario: { load: steady(75, 2), thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /redirect/, count: 150 }], says: /\/login/ },
};
