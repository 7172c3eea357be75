import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a typing error in the name of the host: said by that name',
  start: async () => {
    const server = await serveHttp((_request, response) => response.end('ok'));
    // RFC 6761, 6.4: names under .invalid do not exist.
    return { ...server, url: 'http://no-such-host.invalid/' };
  },
  scenario: { load: steady(50, 3), thresholds: p95Under(1_000) },
  options: ['--allow-remote'],
  expected: {
    exitCodes: [1, 2],
    says: /no-such-host\.invalid.*(unknown|not known|not found)|(unknown|not known|not found).*no-such-host\.invalid/is,
  },
};
