import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';

const tls = resolve(process.cwd(), 'tests/fixtures/tls');

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server.address() as AddressInfo)));
}

export interface SlowServer {
  url: string;
  close(): void;
}

/** A network that takes its time: passes bytes on after a delay, in both directions. */
export async function slowNetwork(origin: URL, delayMs: number): Promise<SlowServer> {
  const server = createServer((client) => {
    const service = connect(Number(origin.port), origin.hostname);
    for (const [from, to] of [
      [client, service],
      [service, client],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), delayMs));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  const { port } = await listen(server);
  return { url: `http://127.0.0.1:${port}${origin.pathname}`, close: () => server.close() };
}

/** A server whose TLS handshake takes its time, and that closes the connection after each answer. */
export async function slowConnect(delayMs: number): Promise<SlowServer> {
  const pem = { cert: readFileSync(resolve(tls, 'cert.pem')), key: readFileSync(resolve(tls, 'key.pem')) };
  const server = createHttpsServer(
    {
      ...pem,
      SNICallback: (_name, answer) => void setTimeout(() => answer(null, createSecureContext(pem)), delayMs),
    },
    (_request, response) => {
      response.writeHead(200, { Connection: 'close', 'Server-Timing': 'db;dur=0.2, total;dur=0.3' });
      response.end('ok');
    },
  );
  const { port } = await listen(server);
  return { url: `https://localhost:${port}/`, close: () => server.close() };
}
