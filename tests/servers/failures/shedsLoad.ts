import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

const room = 10;
const serviceMs = 200;

export const situation: Situation = {
  standsFor:
    'a service that answers 503 at once when it is full: what it does answer is fast, and half is not answered',
  start: () => {
    let inService = 0;
    return serveHttp((_request, response) => {
      if (inService === room) {
        response.writeHead(503).end();
        return;
      }
      inService += 1;
      setTimeout(() => {
        inService -= 1;
        response.end('ok');
      }, serviceMs);
    });
  },
  scenario: { load: steady(100, 4), thresholds: p95Under(2_000) },
  // Room for 10 of the 20 that are asked for at any time.
  expected: { verdict: 'failed', requests: 400, failures: [{ kind: /^status-503$/, count: [150, 390] }] },
};
