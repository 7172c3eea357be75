import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/tls');
/** The certificate of {@link startTlsServer}, for localhost and 127.0.0.1, which is its own authority. */
export const tlsCertificate = join(folder, 'cert.pem');
/** The key of {@link tlsCertificate}. */
export const tlsKey = join(folder, 'key.pem');

/** A real HTTPS server on a free port of loopback. */
export async function startTlsServer(
  options: ServerOptions,
  listener: RequestListener,
): Promise<{ url: string; close: () => Promise<void> }> {
  const cert = readFileSync(tlsCertificate);
  const server = createServer({ cert, key: readFileSync(tlsKey), ca: cert, ...options }, listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `https://127.0.0.1:${address.port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
