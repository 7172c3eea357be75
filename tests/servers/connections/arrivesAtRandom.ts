import { serveHttp } from '../serve';
import { p95Under, type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'arrivals as users make them: in bunches and with gaps, over a Node server with all its defaults',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 5)),
  scenario: { load: { ...steady(100, 5), arrivals: 'poisson' }, thresholds: p95Under(2_000) },
  // The standard deviation of 500 arrivals is 22.
  expected: { verdict: 'passed', requests: [400, 600], p50: waited(5), rate: [80, 120] },
};
