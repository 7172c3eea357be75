import type { Socket } from 'node:net';
import { listen, plainAnswer, rawServer, serve } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

const downMs = 1_500;

export const situation: Situation = {
  standsFor: 'a deployment in the middle of a run: connections break, 1.5 s of refusals, and then it is back',
  start: async () => {
    const sockets = new Set<Socket>();
    const server = rawServer(
      (socket, number) => {
        socket.write(plainAnswer);
        if (number === 200) restart();
      },
      (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      },
    );
    const running = await serve(server);
    const restart = (): void => {
      server.close();
      for (const socket of sockets) socket.destroy();
      setTimeout(() => void listen(server, Number(new URL(running.url).port)), downMs);
    };
    return running;
  },
  scenario: { load: steady(100, 6), thresholds: p95Under(1_000) },
  expected: {
    verdict: 'failed',
    requests: 600,
    failures: [{ kind: /^connection-/, count: [75, 350] }],
    says: /restart|went away|came back/i,
  },
};
