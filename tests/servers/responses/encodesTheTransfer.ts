import { gzipSync } from 'node:zlib';
import { serveBytes } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

const body = gzipSync('ok');
const answer = Buffer.concat([
  Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${body.length.toString(16)}\r\n`),
  body,
  Buffer.from('\r\n0\r\n\r\n'),
]);

export const situation: Situation = {
  standsFor: 'a transfer coding that nobody asked for (RFC 9112, 7.4): where the answer ends is known all the same',
  start: () => serveBytes(answer),
  scenario: { load: steady(120, 2), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 240, p50: atOnce },
};
