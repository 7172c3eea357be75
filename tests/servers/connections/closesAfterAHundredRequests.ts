import { plainAnswer, serveRaw } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'the same without the announcement: the connection ends after its hundredth answer',
  start: () =>
    serveRaw((socket, _number, onConnection) => {
      socket.write(plainAnswer);
      if (onConnection === 100) socket.end();
    }),
  scenario: { load: steady(100, 5), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 500, p50: atOnce, connections: [5, 200] },
};
