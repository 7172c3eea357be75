import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { resolve } from 'node:path';
import { type RunningServer, serve } from './serve';

const tls = resolve(import.meta.dirname, '../fixtures/tls');

/** An HTTPS server of Node with a self-signed certificate for `localhost` and its addresses. */
export function serveHttps(listener: RequestListener): Promise<RunningServer> {
  const cert = readFileSync(resolve(tls, 'cert.pem'));
  const key = readFileSync(resolve(tls, 'key.pem'));
  return serve(createServer({ cert, key }, listener), 'https');
}
