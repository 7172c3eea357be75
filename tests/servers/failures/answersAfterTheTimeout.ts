import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'answers that always take 600 ms where 500 ms are waited for: not one of them is a success',
  start: () => serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 600)),
  scenario: { load: { ...steady(100, 4), gracefulStop: '2s' }, timeout: '500ms', thresholds: p95Under(2_000) },
  expected: { verdict: 'failed', requests: 400, failures: [{ kind: /^timeout$/, count: 400 }] },
};
