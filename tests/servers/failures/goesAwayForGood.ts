import type { Socket } from 'node:net';
import { plainAnswer, rawServer, serve } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a crash in the middle of a run that nobody recovers from: half of the requests are refused',
  start: () => {
    const sockets = new Set<Socket>();
    const server = rawServer(
      (socket, number) => {
        socket.write(plainAnswer);
        if (number < 150) return;
        server.close();
        for (const open of sockets) open.destroy();
      },
      (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      },
    );
    return serve(server);
  },
  scenario: { load: steady(150, 2), thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 300, failures: [{ kind: /^connection-/, count: [148, 152] }] },
};
