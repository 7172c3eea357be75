import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { type Answer, toAnswer } from './answer';
import type { DocumentService } from './documentService';
import { LoopWatch } from './loopWatch';
import { route, type TimedRequest } from './routes';
import { LoopUse, ServerTiming } from './serverTiming';
import { WebPageGuard } from './webPageGuard';

interface Exchange extends TimedRequest {
  response: ServerResponse;
  startedMs: number;
}

function finish({ response, timing, startedMs }: Exchange, { status, json, bytes, headers = [] }: Answer): void {
  const length = json === undefined ? 0 : (bytes ?? Buffer.byteLength(json));
  if (json !== undefined) headers.push('Content-Type', 'application/json', 'Content-Length', String(length));
  timing.add('handler', performance.now() - startedMs);
  headers.push('Server-Timing', timing.header());
  response.writeHead(status, headers);
  // Text of one byte a character is the same in both encodings, and Node writes Latin-1 without looking for others.
  response.end(json, length === json?.length ? 'latin1' : 'utf8');
}

function answer(service: DocumentService, guard: WebPageGuard, exchange: Exchange): void {
  let answered: Answer | Promise<Answer>;
  try {
    guard.check(exchange.request);
    answered = route(service, exchange);
  } catch (thrown) {
    answered = toAnswer(thrown);
  }
  if (answered instanceof Promise) void answered.catch(toAnswer).then((result) => finish(exchange, result));
  else finish(exchange, answered);
}

/**
 * Serves documents over HTTP to programs on this machine. Requests of web pages and bodies that are not declared as
 * JSON are refused. The caller listens and closes. `use` records what holds the event loop.
 */
export function createHttpServer(service: DocumentService, use = new LoopUse()): Server {
  const loop = new LoopWatch();
  const guard = new WebPageGuard();
  // Requests without a body, which are most, are not streams that somebody must read to their end.
  const server = createServer({ optimizeEmptyRequests: true }, (request, response) => {
    const startedMs = performance.now();
    const timing = new ServerTiming(use);
    const busyMs = loop.begin(startedMs);
    // Also when it is 0: this tells a client that the rest of the wait was the network.
    timing.add('loop', busyMs);
    answer(service, guard, { request, response, timing, startedMs });
  });
  server.on('close', () => loop.stop());
  // A run may leave a connection idle for longer than Node's five seconds; closing it would look like a fault.
  server.keepAliveTimeout = 0;
  return server;
}

/** Listens on loopback and returns the port. Port 0 takes a free one. Throws `port-in-use` or `target-failed`. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        systemErrorCode(error) === 'EADDRINUSE'
          ? new ProofloadError(
              'port-in-use',
              `port ${port} is already in use`,
              'choose no port to take a free one, or stop the program that uses it',
            )
          : new ProofloadError(
              'target-failed',
              `the document service cannot listen: ${error.message}`,
              'try another port',
            ),
      );
    });
    // The backlog holds the connections of a whole run, which may all open at once.
    server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });
}
