import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a service that was not started: every connection is refused from the first one on',
  start: async () => {
    const server = await serveHttp((_request, response) => response.end('ok'));
    await server.close();
    return server;
  },
  scenario: { load: steady(50, 3), thresholds: p95Under(1_000) },
  expected: { exitCodes: [1, 2], says: /refused|does not accept connections/i },
};
