import { serveHttp } from '../serve';
import { atOnce, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'two operations of 1 and of 40 ms, each with its own limit',
  start: () =>
    serveHttp((request, response) => void setTimeout(() => response.end('ok'), request.url === '/search' ? 40 : 1)),
  scenario: {
    load: steady(100, 5),
    requests: [
      { name: 'read', url: '/read', weight: 3 },
      { name: 'search', url: '/search' },
    ],
    thresholds: {
      'http_req_duration{operation:read}': ['p(95)<2000'],
      'http_req_duration{operation:search}': ['p(90)<2000'],
    },
  },
  expected: { verdict: 'passed', requests: 500, p50: atOnce, p95: [38.5, 2_000] },
};
