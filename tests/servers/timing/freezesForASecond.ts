import type { ServerResponse } from 'node:http';
import { type RunningServer, serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

/** Answers at once, except for a second that begins with the 150th request: those wait for its end. */
function freeze(): Promise<RunningServer> {
  const waiting: ServerResponse[] = [];
  let requests = 0;
  let isFrozen = false;
  return serveHttp((_request, response) => {
    requests += 1;
    if (requests === 150) {
      isFrozen = true;
      setTimeout(() => {
        isFrozen = false;
        for (const held of waiting.splice(0)) held.end('ok');
      }, 1_000);
    }
    if (isFrozen) waiting.push(response);
    else response.end('ok');
  });
}

export const situation: Situation = {
  standsFor: 'a pause of a second (garbage, a lock, a failover) in a run of three: a third of the requests sit in it',
  start: freeze,
  scenario: { load: { ...steady(100, 3), gracefulStop: '3s' }, thresholds: p95Under(50) },
  alone: true,
  // Of 300 requests 100 wait, from 1 s down to 0; the 15th longest wait is 0.85 s.
  expected: { verdict: 'failed', requests: 300, p50: atOnce, p95: [800, 1_500] },
};
