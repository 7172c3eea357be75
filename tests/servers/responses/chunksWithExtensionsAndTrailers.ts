import { serveBytes } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'chunks with extensions, and trailers after the last (RFC 9112, 7.1)',
  start: () =>
    serveBytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;part="1"\r\nok\r\n0\r\nX-Checksum: 1\r\n\r\n'),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
