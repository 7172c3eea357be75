import { request as forward, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { startServer } from './testServer';

/** What a proxy does. */
export interface ProxyPlan {
  /** The only value of `Proxy-Authorization` that it accepts; undefined where it asks for none. */
  authorization?: string;
  /** The status with which it refuses every CONNECT. */
  refusal?: number;
}

/**
 * A real HTTP proxy on a free port of loopback: it forwards requests in absolute form, and opens tunnels for CONNECT.
 * Every name leads to loopback. `asked` has the first lines of what it was sent, `forwarded` the headers.
 */
export async function startProxy({ authorization, refusal }: ProxyPlan = {}) {
  const asked: string[] = [];
  const forwarded: IncomingMessage['headers'][] = [];
  const tunnels = new Set<Socket>();
  const isKnown = ({ headers }: IncomingMessage): boolean =>
    authorization === undefined || headers['proxy-authorization'] === authorization;
  const proxy = await startServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    forwarded.push(request.headers);
    if (!isKnown(request)) {
      response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="proxy"' }).end();
      return;
    }
    const { port, pathname, search } = new URL(request.url ?? '');
    const { 'proxy-authorization': _own, ...headers } = request.headers;
    const options = { host: '127.0.0.1', port, path: pathname + search, method: request.method, headers };
    request.pipe(
      forward(options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }).on('error', () => response.writeHead(502).end()),
    );
  });
  proxy.server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    tunnels.add(socket);
    socket.on('error', () => {});
    if (!isKnown(request)) socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    else if (refusal !== undefined) socket.end(`HTTP/1.1 ${refusal} Forbidden\r\nContent-Length: 2\r\n\r\nno`);
    else {
      const server = connect(Number(new URL(`http://${request.url}`).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(server).pipe(socket);
      });
      tunnels.add(server);
      server.on('error', () => socket.destroy());
    }
  });
  return {
    url: proxy.url.replace(/\/$/, ''),
    asked,
    forwarded,
    close: async () => {
      for (const socket of tunnels) socket.destroy();
      await proxy.close();
    },
  };
}
