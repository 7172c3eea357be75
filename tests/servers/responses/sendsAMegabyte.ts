import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

const body = Buffer.alloc(1024 * 1024, 'x');

export const situation: Situation = {
  standsFor: 'answers of a megabyte each, with their length',
  start: () => serveHttp((_request, response) => response.end(body)),
  scenario: { load: steady(40, 4), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 160, p50: [0, 500] },
};
