import type { Socket } from 'node:net';
import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'two connections that break with a request in flight: no restart, and each is asked again once',
  start: () => {
    const served = new Set<Socket>();
    let requests = 0;
    let broken = 0;
    return serveHttp((request, response) => {
      requests += 1;
      // A request that is the first of its connection is not sent again, and on a busy machine the 800th may be one.
      if (requests >= 800 * (broken + 1) && broken < 2 && served.has(request.socket)) {
        broken += 1;
        request.socket.resetAndDestroy();
      } else {
        served.add(request.socket);
        response.end('ok');
      }
    });
  },
  scenario: { load: steady(250, 8), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 2_000, p50: atOnce, reconnects: 2 },
};
