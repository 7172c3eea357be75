import { serveRaw } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

const pieces = ['HTTP/1.', '1 200 OK\r', '\nContent-Le', 'ngth: 2\r\n\r', '\nok'];
const pauseMs = 5;

export const situation: Situation = {
  standsFor: 'an answer whose head comes in packets that end in the middle of a word and of a line end',
  start: () =>
    serveRaw((socket) => {
      for (const [index, piece] of pieces.entries()) setTimeout(() => socket.write(piece), index * pauseMs);
    }),
  scenario: { load: steady(50, 4), thresholds: p95Under(1_000) },
  expected: { verdict: 'passed', requests: 200, p50: waited((pieces.length - 1) * pauseMs) },
};
