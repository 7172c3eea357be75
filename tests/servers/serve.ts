import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

/** A server of a situation. */
export interface RunningServer {
  url: string;
  /** How many connections it has seen. */
  connections: () => number;
  close: () => Promise<void>;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Listens on a port of loopback, on a free one when none is given. */
export function listen(server: Server, port = 0): Promise<number> {
  return new Promise((listening, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => listening(portOf(server)));
  });
}

/** Opens a server for a situation; `close` also ends the connections that are open then. */
export async function serve(server: Server, scheme: 'http' | 'https' = 'http'): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    // A client that is gone is no error of the server.
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listen(server);
  return {
    url: `${scheme}://127.0.0.1:${port}/`,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((closed) => server.close(closed));
    },
  };
}

/** A server of Node with its default time-outs, or with those of `options`. */
export function serveHttp(listener: RequestListener, options: ServerOptions = {}): Promise<RunningServer> {
  return serve(createServer(options, listener));
}

/** Answers the request with this number; requests are counted from 1 over all connections, and on each. */
export type RawAnswer = (socket: Socket, number: number, onConnection: number) => void;

/**
 * A server that says byte for byte what it is told to: `answer` is called when the head of a request has come, which
 * must have no body.
 */
export function rawServer(answer: RawAnswer, connected: (socket: Socket) => void = () => {}): Server {
  let requests = 0;
  return createTcpServer((socket) => {
    socket.setNoDelay(true);
    connected(socket);
    let head = '';
    let onConnection = 0;
    socket.on('data', (bytes) => {
      const heads = (head + bytes.toString('latin1')).split('\r\n\r\n');
      head = heads.pop() ?? '';
      for (const _ of heads) {
        requests += 1;
        onConnection += 1;
        answer(socket, requests, onConnection);
      }
    });
  });
}

/** See {@link rawServer}. */
export function serveRaw(answer: RawAnswer, connected?: (socket: Socket) => void): Promise<RunningServer> {
  return serve(rawServer(answer, connected));
}

/** A server that gives the same bytes to everyone. */
export function serveBytes(bytes: string | Buffer): Promise<RunningServer> {
  return serveRaw((socket) => socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes));
}

/** An answer as any server gives it. */
export const plainAnswer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/**
 * A server that calls `close` on a connection that has had no request for `idleMs` after its last answer, and does not
 * say so in a header.
 */
export function serveUntilIdle(idleMs: number, close: (socket: Socket) => void): Promise<RunningServer> {
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  return serveRaw((socket) => {
    clearTimeout(timers.get(socket));
    timers.set(socket, setTimeout(close, idleMs, socket));
    socket.write(plainAnswer);
  });
}

/** Milliseconds since the first call: the time of a situation begins with its first request. */
export function sinceFirst(): () => number {
  let firstMs: number | undefined;
  return () => {
    firstMs ??= performance.now();
    return performance.now() - firstMs;
  };
}
