import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';

/** A server that can be made slow for a while. */
export interface StruckServer {
  url: string;
  strike(): void;
  close(): void;
}

const tls = resolve(process.cwd(), 'tests/fixtures/tls');
const delayMs = 50;
const delayedForMs = 400;
const handshakeMs = 60;
const closingForMs = 300;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Returns what tells whether a strike still lasts, and what begins one. */
function strikes(lastingMs: number): { isOn: () => boolean; strike: () => void } {
  let untilMs = 0;
  return {
    isOn: () => performance.now() < untilMs,
    strike: () => {
      untilMs = performance.now() + lastingMs;
    },
  };
}

/** A network before a service: during a strike it passes bytes on later, in both directions and in their order. */
export async function delayedNetwork(origin: URL): Promise<StruckServer> {
  const { isOn, strike } = strikes(delayedForMs);
  const server = createServer((client) => {
    const service = connect(Number(origin.port), origin.hostname);
    for (const [from, to] of [
      [client, service],
      [service, client],
    ] as const) {
      let waiting = 0;
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (waiting === 0 && !isOn()) return void to.write(bytes);
        waiting += 1;
        setTimeout(() => {
          waiting -= 1;
          if (to.writable) to.write(bytes);
        }, delayMs);
      });
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}${origin.pathname}`, strike, close: () => server.close() };
}

/** A server with a slow TLS handshake; during a strike it closes the connection after each answer. */
export async function closingServer(): Promise<StruckServer> {
  const { isOn, strike } = strikes(closingForMs);
  const pem = { cert: readFileSync(resolve(tls, 'cert.pem')), key: readFileSync(resolve(tls, 'key.pem')) };
  const server = createHttpsServer(
    {
      ...pem,
      SNICallback: (_name, answer) => void setTimeout(() => answer(null, createSecureContext(pem)), handshakeMs),
    },
    (_request, response) => {
      if (isOn()) response.setHeader('Connection', 'close');
      response.setHeader('Server-Timing', 'db;dur=0.2, total;dur=0.3');
      response.end('ok');
    },
  );
  server.keepAliveTimeout = 0;
  const port = await listen(server);
  return {
    url: `https://localhost:${port}/`,
    strike,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
