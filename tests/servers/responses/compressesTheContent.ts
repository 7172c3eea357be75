import { gzipSync } from 'node:zlib';
import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

const body = gzipSync('ok'.repeat(1_000));

export const situation: Situation = {
  standsFor: 'Content-Encoding: gzip whatever the request accepts',
  start: () =>
    serveHttp((_request, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(body);
    }),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
