import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a service of short links, whose right answer is a redirect',
  start: () => serveHttp((_request, response) => response.writeHead(302, { Location: 'https://example.com/' }).end()),
  scenario: {
    load: steady(120, 2),
    requests: [{ url: '/short', expectRedirect: true }],
    thresholds: p95Under(2_000),
  },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
