import { serveHttp } from '../serve';
import { type Situation, steady, waited } from '../situation';

export const situation: Situation = {
  standsFor: 'Connection: close, and requests in bunches: none may wait for the connection of another',
  start: () =>
    serveHttp((_request, response) => {
      response.setHeader('Connection', 'close');
      setTimeout(() => response.end('ok'), 30);
    }),
  scenario: {
    load: { ...steady(400, 2), arrivals: 'poisson' },
    thresholds: { http_req_duration: ['p(95)<2000'], http_req_blocked: ['p(50)<5'] },
  },
  alone: true,
  // The standard deviation of 800 arrivals is 28.
  expected: { verdict: 'passed', requests: [660, 940], p50: waited(30), rate: [330, 470] },
};
