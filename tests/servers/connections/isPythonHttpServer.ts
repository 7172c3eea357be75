import { resolve } from 'node:path';
import { freePort, serveProgram } from '../program';
import { atOnce, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'python3 -m http.server, which everybody tries first: HTTP/1.0, a thread for each connection',
  start: async () => {
    const port = await freePort();
    const folder = resolve(import.meta.dirname, '../../fixtures/tls');
    const args = ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', folder];
    return serveProgram('python3', args, port);
  },
  scenario: { load: steady(120, 2), thresholds: { http_req_duration: ['p(50)<2000'] } },
  // Its backlog is five: what a late generator sends at once waits a second or two for its connection.
  expected: { verdict: 'passed', requests: 240, p50: atOnce, p95: [0, 2_000] },
};
