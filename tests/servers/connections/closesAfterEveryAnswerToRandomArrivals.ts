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
    load: { ...steady(400, 3), arrivals: 'poisson' },
    thresholds: { http_req_duration: ['p(95)<2000'], http_req_blocked: ['p(50)<5'] },
  },
  alone: true,
  // The standard deviation of 1,200 arrivals is 35.
  expected: { verdict: 'passed', requests: [1_025, 1_375], p50: waited(30), rate: [340, 460] },
};
