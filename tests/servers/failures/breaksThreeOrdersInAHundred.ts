import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'orders whose connection breaks, three in a hundred all the time: failed, and not for a restart',
  start: () => {
    let requests = 0;
    return serveHttp((request, response) => {
      requests += 1;
      const breaks = requests % 100 < 3;
      request.resume().on('end', () => {
        if (breaks) request.socket.resetAndDestroy();
        else response.end('ok');
      });
    });
  },
  scenario: {
    load: steady(200, 5),
    requests: [{ name: 'order', method: 'POST', url: '/orders', body: { amount: 1 } }],
    thresholds: p95Under(1_000),
  },
  expected: {
    verdict: 'failed',
    requests: 1_000,
    failures: [{ kind: /^(stale-connection|connection-.*)$/, count: [28, 32] }],
  },
};
