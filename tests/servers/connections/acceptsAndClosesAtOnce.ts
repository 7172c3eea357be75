import { serveRaw } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a proxy whose backend is gone: it accepts and closes. Not one connection more than is asked of it helps',
  start: () =>
    serveRaw(
      () => {},
      (socket) => void setTimeout(() => socket.destroy(), 2),
    ),
  scenario: { load: steady(40, 2), thresholds: p95Under(1_000) },
  expected: {
    verdict: 'failed',
    requests: 80,
    failures: [{ kind: /^connection-/, count: 80 }],
    connections: [20, 240],
  },
};
