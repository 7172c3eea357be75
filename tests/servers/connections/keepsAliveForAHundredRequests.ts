import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'servers with a number of requests per connection, which they announce with the last answer',
  start: async () => {
    let answered = 0;
    return serveHttp((_request, response) => {
      answered += 1;
      if (answered % 100 === 0) response.setHeader('Connection', 'close');
      response.end('ok');
    });
  },
  scenario: { load: steady(100, 5), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 500, p50: atOnce, connections: [5, 200] },
};
