import { serveHttp } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a service whose database is gone: it accepts everything and answers nothing',
  start: () => serveHttp(() => {}),
  scenario: { load: { ...steady(75, 2), gracefulStop: '2s' }, timeout: '500ms', thresholds: p95Under(1_000) },
  expected: { verdict: 'failed', requests: 150, failures: [{ kind: /^timeout$/, count: 150 }] },
};
