import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation } from '../situation';

export const situation: Situation = {
  standsFor: 'Node closes a connection that was idle for 5 s; a load that pauses for longer finds all of them closed',
  start: () => serveHttp((_request, response) => response.end('ok')),
  scenario: {
    load: {
      executor: 'ramping-arrival-rate',
      startRate: 100,
      stages: [
        { duration: '1s', target: 100 },
        { duration: '0s', target: 0 },
        { duration: '7s', target: 0 },
        { duration: '0s', target: 100 },
        { duration: '2s', target: 100 },
      ],
      gracefulStop: '1s',
    },
    thresholds: p95Under(2_000),
  },
  expected: { verdict: 'passed', requests: [299, 301], p50: atOnce },
};
