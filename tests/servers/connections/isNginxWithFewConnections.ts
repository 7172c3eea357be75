import { serveNginx } from '../serveNginx';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'nginx with room for 16 connections, which closes idle ones when it needs them: the load needs a few',
  start: () => serveNginx({ events: 'worker_connections 16;' }),
  scenario: { load: { ...steady(25, 8), preAllocatedVUs: 200 }, thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 200, p50: atOnce },
};
