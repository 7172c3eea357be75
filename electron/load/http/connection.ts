import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { systemErrorCode } from '../../../shared/errors/appError';
import type { WorkTimer } from '../workTimer';
import { type HttpResponse, MalformedResponse, ResponseParser } from './responseParser';

/** Why a request got no response. The names are the kinds under which failures are counted. */
export type RequestFailure =
  | 'connection-refused'
  | 'connection-reset'
  | 'connection-closed'
  | 'connection-failed'
  | 'malformed-response'
  | 'timeout'
  | 'not-finished';

export type Outcome = { response: HttpResponse } | { failure: RequestFailure };

/** Where connections go. */
export interface Origin {
  hostname: string;
  port: number;
  secure: boolean;
}

/** The origin of an http(s) URL. */
export function originOf(url: URL): Origin {
  const secure = url.protocol === 'https:';
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return { hostname, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), secure };
}

function failureOf(error: Error): RequestFailure {
  if (error instanceof MalformedResponse) return 'malformed-response';
  switch (systemErrorCode(error)) {
    case 'ECONNREFUSED':
      return 'connection-refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection-reset';
    default:
      return 'connection-failed';
  }
}

/**
 * A keep-alive connection that carries one request at a time. Opens at once; a request sent before it is open goes
 * out as soon as it is. Every request settles exactly once.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #parser = new ResponseParser();
  readonly #onClosed: (connection: Connection) => void;
  #settle: ((outcome: Outcome) => void) | undefined;
  #closed = false;
  /** When the current request gives up, on the clock of {@link expire}; Infinity without a request. */
  #deadlineMs = Number.POSITIVE_INFINITY;

  /** `onClosed` is called once when the connection can carry no further request. `onOpen` once when it is open. */
  constructor(origin: Origin, work: WorkTimer, onClosed: (connection: Connection) => void, onOpen?: () => void) {
    this.#onClosed = onClosed;
    const { hostname: host, port } = origin;
    this.#socket = origin.secure
      ? connectTls({ host, port, servername: host, ALPNProtocols: ['http/1.1'] })
      : connectTcp({ host, port });
    this.#socket.setNoDelay(true);
    if (onOpen) this.#socket.once(origin.secure ? 'secureConnect' : 'connect', onOpen);
    this.#socket.on('data', (chunk) => work.measure(() => this.#receive(chunk)));
    this.#socket.on('error', (error) => this.#fail(failureOf(error)));
    this.#socket.on('close', () => this.#ended());
    this.#socket.on('end', () => this.#ended());
  }

  /** Sends a request; `settle` is called with its outcome. Call only when no other request is in flight. */
  send(
    method: string,
    head: string,
    body: string | undefined,
    deadlineMs: number,
    settle: (outcome: Outcome) => void,
  ): void {
    this.#settle = settle;
    this.#deadlineMs = deadlineMs;
    this.#parser.expect(method);
    this.#socket.write(body === undefined ? head : head + body);
  }

  /** Gives up a request whose deadline has passed. */
  expire(nowMs: number): void {
    if (nowMs >= this.#deadlineMs) this.#fail('timeout');
  }

  /** Closes the connection; a request in flight settles with `failure`. */
  close(failure: RequestFailure = 'not-finished'): void {
    this.#fail(failure);
  }

  #receive(chunk: Buffer): void {
    let response: HttpResponse | undefined;
    try {
      // An answer that nobody asked for (408 on an idle connection, say) leaves the connection unusable.
      if (!this.#settle) throw new MalformedResponse('bytes without a request');
      response = this.#parser.push(chunk);
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.#fail('malformed-response');
      return;
    }
    if (response) this.#finish({ response }, response.keepAlive);
  }

  #ended(): void {
    if (this.#closed) return;
    const response = this.#settle && this.#parser.end();
    if (response) this.#finish({ response }, false);
    else this.#fail('connection-closed');
  }

  #fail(failure: RequestFailure): void {
    this.#finish({ failure }, false);
  }

  #finish(outcome: Outcome, reusable: boolean): void {
    if (!reusable && !this.#closed) {
      this.#closed = true;
      this.#socket.destroy();
      this.#onClosed(this);
    }
    const settle = this.#settle;
    this.#settle = undefined;
    this.#deadlineMs = Number.POSITIVE_INFINITY;
    settle?.(outcome);
  }
}
