import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'conditional requests: 304 is an answer of the group of redirects and redirects to nowhere',
  start: () => serveHttp((_request, response) => response.writeHead(304, { ETag: '"1"' }).end()),
  scenario: {
    load: steady(120, 2),
    requests: [{ url: '/', headers: { 'If-None-Match': '"1"' } }],
    thresholds: p95Under(2_000),
  },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
