import { createServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { serve } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

const places = 8;
const stillMs = 500;

export const situation: Situation = {
  standsFor:
    'a pool of eight worker processes (Apache, PHP-FPM): while it stands still the load opens more connections than they take',
  start: () => {
    let stillUntilMs = 0;
    let held = 0;
    const waiting: Socket[] = [];
    const http = createServer((_request, response) => {
      stillUntilMs ||= Date.now() + stillMs;
      setTimeout(() => response.end('ok'), Math.max(0, stillUntilMs - Date.now()));
    });
    const take = (socket: Socket): void => {
      held += 1;
      socket.once('close', () => {
        held -= 1;
        const next = waiting.shift();
        if (next) take(next);
      });
      http.emit('connection', socket);
      socket.resume();
    };
    return serve(
      createTcpServer({ pauseOnConnect: true }, (socket) => {
        if (held < places) take(socket);
        else waiting.push(socket);
      }),
    );
  },
  scenario: { load: steady(150, 2), thresholds: p95Under(5_000) },
  // None of the eight ends by itself: without room for the others these would wait until the end of the load.
  expected: { verdict: 'passed', requests: 300, p50: atOnce },
  alone: true,
};
