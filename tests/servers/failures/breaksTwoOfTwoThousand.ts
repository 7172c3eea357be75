import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'two connections that break with a request in flight: no restart, and each is asked again once',
  start: () => {
    let requests = 0;
    return serveHttp((request, response) => {
      requests += 1;
      if (requests === 800 || requests === 1_600) request.socket.resetAndDestroy();
      else response.end('ok');
    });
  },
  scenario: { load: steady(250, 8), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 2_000, p50: atOnce, reconnects: 2 },
};
