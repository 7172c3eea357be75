import { setTimeout as pause } from 'node:timers/promises';
import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

const pieces = 10;
const pauseMs = 30;

export const situation: Situation = {
  standsFor: 'a body that trickles: the first byte comes at once, the last one counts',
  start: () =>
    serveHttp(async (_request, response) => {
      for (let index = 0; index < pieces; index += 1) {
        response.write('a');
        await pause(pauseMs);
      }
      response.end('a');
    }),
  scenario: { load: steady(40, 4), thresholds: p95Under(3_000) },
  // Each of the timers may be early.
  expected: { verdict: 'passed', requests: 160, p50: waited(pieces * pauseMs - pieces) },
};
