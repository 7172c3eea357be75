import { createServer } from 'node:http';
import { serve } from '../serve';
import { type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a limit of connections below what the load needs: 20 requests are under way and 10 have a connection',
  start: () => {
    const server = createServer((_request, response) => void setTimeout(() => response.end('ok'), 400));
    server.maxConnections = 10;
    return serve(server);
  },
  scenario: { load: steady(50, 4) },
  expected: { verdict: 'failed', requests: 200, failures: [{ kind: /^connection-/, count: [60, 140] }] },
};
