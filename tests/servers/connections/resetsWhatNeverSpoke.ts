import { plainAnswer, serveRaw } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor:
    'servers that reset a connection on which nothing was asked soon after it opened, as a guard against floods',
  start: () => {
    const patience = new WeakMap<object, NodeJS.Timeout>();
    return serveRaw(
      (socket) => {
        clearTimeout(patience.get(socket));
        socket.write(plainAnswer);
      },
      (socket) => {
        patience.set(
          socket,
          setTimeout(() => socket.resetAndDestroy(), 1_000),
        );
      },
    );
  },
  scenario: { load: steady(80, 3), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
