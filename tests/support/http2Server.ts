import { readFileSync } from 'node:fs';
import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/tls');
/** The certificate of {@link startHttp2Server}, for localhost and 127.0.0.1, that nobody has signed. */
export const http2Certificate = join(folder, 'cert.pem');

/** What a server of HTTP/2 does. */
interface Http2Plan {
  /** Without TLS (h2c). */
  isPlain?: boolean;
  /** SETTINGS_MAX_CONCURRENT_STREAMS. */
  maxConcurrentStreams?: number;
  /** It closes connections beyond so many as soon as it has accepted them. */
  maxConnections?: number;
  handle(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void;
}

function pem() {
  return { cert: readFileSync(http2Certificate), key: readFileSync(join(folder, 'key.pem')) };
}

/** A real HTTPS server that offers HTTP/1.1 in the TLS handshake and nothing else, and answers with its name. */
export async function startHttp1OnlyServer() {
  const server = createHttpsServer(pem(), (request, response) => response.end(`HTTP/${request.httpVersion}`));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    url: `https://localhost:${address !== null && typeof address === 'object' ? address.port : 0}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A real server of HTTP/2 on a free port of loopback. `most` is the number of streams that were open at once. */
export async function startHttp2Server({ isPlain, maxConcurrentStreams, maxConnections, handle }: Http2Plan) {
  const sessions: ServerHttp2Session[] = [];
  const open = new Set<ServerHttp2Session>();
  const counts = { streams: 0, open: 0, most: 0 };
  const settings = maxConcurrentStreams === undefined ? {} : { settings: { maxConcurrentStreams } };
  const server: Http2Server = isPlain ? createServer(settings) : createSecureServer({ ...pem(), ...settings });
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  server.on('session', (session) => {
    sessions.push(session);
    open.add(session);
    session.on('error', () => {});
    session.on('close', () => open.delete(session));
  });
  server.on('stream', (stream, headers) => {
    counts.streams += 1;
    counts.open += 1;
    counts.most = Math.max(counts.most, counts.open);
    stream.on('error', () => {});
    stream.on('close', () => {
      counts.open -= 1;
    });
    handle(stream, headers);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `${isPlain ? 'http' : 'https'}://localhost:${port}/`,
    sessions,
    counts,
    close: async () => {
      for (const session of open) session.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Answers with a text. */
export function answer(stream: ServerHttp2Stream, text: string, headers: Record<string, string> = {}): void {
  if (stream.destroyed) return;
  stream.respond({ ':status': 200, ...headers });
  stream.end(text);
}
