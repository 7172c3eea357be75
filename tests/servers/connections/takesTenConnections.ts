import { createServer } from 'node:http';
import { serve } from '../serve';
import { type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'a limit of connections that the load does not need: those opened ahead must not exhaust it',
  start: () => {
    const server = createServer((_request, response) => void setTimeout(() => response.end('ok'), 10));
    server.maxConnections = 10;
    return serve(server);
  },
  scenario: { load: steady(10, 8), thresholds: { http_req_duration: ['p(50)<2000'] } },
  expected: { verdict: 'passed', requests: 80, p50: waited(10) },
};
