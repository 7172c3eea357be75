import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor:
    'the same with POST, which may not be sent twice (RFC 9110, 9.2.2): two failures, far under 1 %, and no restart',
  start: () => {
    let requests = 0;
    return serveHttp((request, response) => {
      requests += 1;
      const breaks = requests === 800 || requests === 801;
      request.resume().on('end', () => {
        if (breaks) request.socket.resetAndDestroy();
        else response.end('ok');
      });
    });
  },
  scenario: {
    load: steady(250, 8),
    requests: [{ name: 'order', method: 'POST', url: '/orders', body: { amount: 1 } }],
    thresholds: p95Under(2_000),
  },
  expected: {
    verdict: 'passed',
    requests: 2_000,
    failures: [{ kind: /^(stale-connection|connection-.*)$/, count: 2 }],
    p50: atOnce,
    reconnects: 0,
  },
};
