import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

const pieces = 10;
const pauseMs = 30;

export const situation: Situation = {
  standsFor: 'a body that trickles: the first byte comes at once, the last one counts',
  start: () =>
    serveHttp((_request, response) => {
      response.write('a');
      for (let index = 1; index < pieces; index += 1) setTimeout(() => response.write('a'), index * pauseMs);
      setTimeout(() => response.end('a'), pieces * pauseMs);
    }),
  scenario: { load: steady(40, 4), thresholds: p95Under(3_000) },
  expected: { verdict: 'passed', requests: 160, p50: waited(pieces * pauseMs) },
};
