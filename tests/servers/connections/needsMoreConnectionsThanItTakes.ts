import { createServer } from 'node:http';
import { serve } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor:
    'a limit of connections below what the load needs: of 20 requests 10 have a connection, the others wait or fail',
  start: () => {
    const server = createServer((_request, response) => void setTimeout(() => response.end('ok'), 400));
    server.maxConnections = 10;
    return serve(server);
  },
  scenario: { load: { ...steady(50, 4), gracefulStop: '15s' }, thresholds: p95Under(600) },
  expected: { verdict: 'failed', requests: 200, failures: [{ kind: /^connection-/, count: [1, 140] }] },
};
