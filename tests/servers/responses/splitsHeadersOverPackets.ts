import { setTimeout as pause } from 'node:timers/promises';
import { serveRaw } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

const pieces = ['HTTP/1.', '1 200 OK\r', '\nContent-Le', 'ngth: 2\r\n\r', '\nok'];
const pauseMs = 5;

export const situation: Situation = {
  standsFor: 'an answer whose head comes in packets that end in the middle of a word and of a line end',
  start: () =>
    serveRaw(async (socket) => {
      for (const piece of pieces) {
        socket.write(piece);
        await pause(pauseMs);
      }
    }),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  // Each of the timers may be early.
  expected: { verdict: 'passed', requests: 240, p50: waited((pieces.length - 1) * pauseMs - pieces.length) },
};
