import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { systemErrorCode } from '../../../../shared/errors/appError';
import type { Clock } from '../../clock';
import type { WireBody, WireRequest } from '../../workload/workload';
import type { WorkTimer } from '../../workTimer';
import type { ConnectionEnd, OpeningTimes } from '../connection';
import { connectionFailure } from '../connectionFailure';
import { connectSocket } from '../connectSocket';
import type { ConnectionOwner, Exchange, RequestFailure } from '../exchange';
import { type Origin, urlOriginOf } from '../origin';
import { http2Headers } from './http2Headers';
import { type ByteCounts, Http2Request } from './http2Request';

/** The events that a connection reports to its pool. */
export interface Http2Events {
  /** The connection is open and can carry requests. */
  opened(connection: Http2Connection, times: OpeningTimes): void;
  /** The server chose HTTP/1.1 in the TLS handshake. The connection is closed and reports no further event. */
  choseHttp1(connection: Http2Connection): void;
  /** The connection may have room for another request. */
  freed(connection: Http2Connection): void;
  /** The connection can carry no further request. */
  closed(connection: Http2Connection, end: ConnectionEnd): void;
  /** A request must be sent again. This happens only once per request. */
  unanswered(exchange: Exchange): void;
  settled(exchange: Exchange): void;
}

/** Idempotent methods: their requests may be sent twice (RFC 9110, 9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

/**
 * The flow-control windows. With HTTP/2's default of 64 KiB, the round-trip time would limit the rate of a large
 * response.
 */
const streamWindowBytes = 1024 * 1024;
const connectionWindowBytes = 16 * 1024 * 1024;

/** In MB. Node ends streams that together use more memory. What our streams keep is limited elsewhere. */
const maxSessionMemory = 1024;

/**
 * An HTTP/2 connection, which carries as many requests at once as the server allows. The constructor starts to open it.
 */
export class Http2Connection {
  readonly startedMs: number;
  /** The virtual user that owns it; undefined when all requests share it. */
  owner: ConnectionOwner | undefined;
  readonly #origin: Origin;
  readonly #clock: Clock;
  readonly #work: WorkTimer;
  readonly #events: Http2Events;
  readonly #requests = new Set<Http2Request>();
  /** Requests that were in flight when the connection broke, until the cause is known. */
  readonly #broken: Http2Request[] = [];
  /** The headers of constant requests, which are sent repeatedly. */
  readonly #headers: WeakMap<WireRequest, OutgoingHttpHeaders>;
  #socket: Socket;
  #session: ClientHttp2Session | undefined;
  #lookedUpMs = 0;
  #connectedMs = 0;
  #securedMs = 0;
  #open = false;
  #closed = false;
  #served = false;
  /** The last stream that the server processes, from GOAWAY; undefined before. */
  #lastStreamId: number | undefined;
  #maxStreams = 0;
  #failure: RequestFailure = 'connection-closed';
  #error: Error | undefined;

  /** `headers` is shared by all connections of an origin. */
  constructor(
    origin: Origin,
    clock: Clock,
    work: WorkTimer,
    headers: WeakMap<WireRequest, OutgoingHttpHeaders>,
    events: Http2Events,
  ) {
    this.#origin = origin;
    this.#clock = clock;
    this.#work = work;
    this.#headers = headers;
    this.#events = events;
    this.startedMs = clock.nowMs();
    const protocols = origin.httpVersion === '2' ? ['h2', 'http/1.1'] : ['h2'];
    this.#socket = connectSocket(origin, protocols, {
      began: (socket) => this.#began(socket),
      failed: (failure, error) => this.#end(failure, error),
    });
  }

  /** Whether the connection accepts new requests, apart from its limit of streams. */
  get usable(): boolean {
    return this.#open && !this.#closed && this.#lastStreamId === undefined;
  }

  /** The number of requests in flight. */
  get load(): number {
    return this.#requests.size;
  }

  /** The maximum number of requests in flight (SETTINGS_MAX_CONCURRENT_STREAMS). */
  get maxStreams(): number {
    return this.#maxStreams;
  }

  get hasRoom(): boolean {
    return this.usable && this.#requests.size < this.#maxStreams;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  /** Sends a request. Call only while {@link hasRoom}. */
  send(exchange: Exchange, writtenMs: number): void {
    const { request } = exchange;
    if (!request || !this.#session) throw new RangeError('a request without a connection');
    const { body } = request.wire;
    this.owner = exchange.owner;
    exchange.writtenMs = writtenMs;
    const headers = this.#headersOf(request.wire, exchange);
    const bytes = this.owner ? { before: this.#bytes, now: () => this.#bytes } : undefined;
    let stream: ClientHttp2Stream;
    try {
      stream = this.#session.request(headers, { endStream: body === undefined });
    } catch {
      // For example, the request repeats a header that HTTP/2 allows only once.
      this.#settleAs(exchange, 'http2-unsupported');
      return;
    }
    this.#requests.add(
      new Http2Request({
        stream,
        exchange,
        bytes,
        nowMs: () => this.#clock.nowMs(),
        measure: (work) => this.#work.measure(work),
        ended: (ended) => this.#ended(ended),
        broke: (broken, code) => this.#streamBroke(broken, code),
      }),
    );
    if (body !== undefined) writeBody(stream, body);
  }

  /** Closes the connection. Requests in flight settle as `not-finished`. */
  close(): void {
    this.#end('not-finished', undefined);
  }

  get #bytes(): ByteCounts {
    return { read: this.#socket.bytesRead, written: this.#socket.bytesWritten };
  }

  #headersOf(wire: WireRequest, { traceparent }: Exchange): OutgoingHttpHeaders {
    let headers = this.#headers.get(wire);
    if (!headers) {
      headers = http2Headers(wire, this.#origin.tls !== undefined);
      this.#headers.set(wire, headers);
    }
    return traceparent === undefined ? headers : { ...headers, traceparent };
  }

  #began(socket: Socket): void {
    const now = (): number => this.#clock.nowMs();
    this.#socket = socket;
    const isTunnelled = this.#origin.proxy !== undefined && this.#origin.tls !== undefined;
    if (isTunnelled) this.#connectedMs = now();
    socket.setNoDelay(true);
    socket.once('lookup', () => {
      this.#lookedUpMs = now();
    });
    socket.once('connect', () => {
      this.#connectedMs = now();
      if (!this.#origin.tls) this.#speak(socket);
    });
    socket.once('secureConnect', () => {
      this.#securedMs = now();
      this.#agreed(socket);
    });
    socket.on('error', (error) => this.#end(this.#failureOf(error), error));
    // A session reports its own close, with the reason.
    socket.on('close', () => {
      if (!this.#session) this.#end(this.#failure, this.#error);
    });
  }

  #failureOf(error: Error): RequestFailure {
    const code = systemErrorCode(error) ?? '';
    if (/ALERT_NO_APPLICATION_PROTOCOL/.test(code)) return 'http2-unsupported';
    // A GOAWAY with an error means that the server closes the connection.
    if (code === 'ERR_HTTP2_SESSION_ERROR') return 'connection-closed';
    if (code.startsWith('ERR_HTTP2')) return this.#open ? 'malformed-response' : 'http2-unsupported';
    return connectionFailure(error, this.#origin.tls !== undefined && this.#securedMs === 0);
  }

  #agreed(socket: Socket): void {
    if (this.#closed) return;
    if (socket instanceof TLSSocket && socket.alpnProtocol === 'h2') {
      this.#speak(socket);
      return;
    }
    if (this.#origin.httpVersion !== '2') {
      this.#end('http2-unsupported', new Error('it does not choose it in the TLS handshake'));
      return;
    }
    this.#closed = true;
    socket.destroy();
    this.#events.choseHttp1(this);
  }

  #speak(socket: Socket): void {
    if (this.#closed) return;
    const session = connect(urlOriginOf(this.#origin), {
      createConnection: () => socket,
      maxSessionMemory,
      settings: { enablePush: false, initialWindowSize: streamWindowBytes },
    });
    this.#session = session;
    session.on('remoteSettings', ({ maxConcurrentStreams }) => this.#allowed(maxConcurrentStreams));
    session.on('goaway', (_code, lastStreamId) => {
      this.#lastStreamId = Math.min(this.#lastStreamId ?? lastStreamId, lastStreamId);
    });
    session.on('error', (error) => {
      this.#failure = this.#failureOf(error);
      this.#error = error;
    });
    session.on('close', () => this.#end(this.#failure, this.#error));
  }

  /** The server has sent its settings. The first ones open the connection (RFC 9113, 3.4). */
  #allowed(maxConcurrentStreams: number | undefined): void {
    if (this.#closed) return;
    this.#maxStreams = maxConcurrentStreams ?? Number.POSITIVE_INFINITY;
    if (this.#open) {
      this.#events.freed(this);
      return;
    }
    this.#open = true;
    this.#session?.setLocalWindowSize(connectionWindowBytes);
    const lookedUp = this.#lookedUpMs > 0;
    this.#events.opened(this, {
      lookupMs: lookedUp ? this.#lookedUpMs - this.startedMs : undefined,
      connectMs: this.#connectedMs - (lookedUp ? this.#lookedUpMs : this.startedMs),
      tlsMs: this.#securedMs > 0 ? this.#securedMs - this.#connectedMs : undefined,
    });
  }

  #ended(request: Http2Request): void {
    this.#requests.delete(request);
    if (request.exchange.failure === undefined) this.#served = true;
    this.#events.settled(request.exchange);
    if (!this.#closed) this.#events.freed(this);
  }

  #streamBroke(request: Http2Request, code: number): void {
    if (this.#session?.destroyed) {
      // The connection has ended; the cause will be known in a moment.
      this.#broken.push(request);
      return;
    }
    this.#requests.delete(request);
    const reset = code === constants.NGHTTP2_REFUSED_STREAM ? 'stream-refused' : 'stream-reset';
    this.#settle(request, this.#isUnprocessed(request) ? this.#fateOf(request, 'connection-closed') : reset);
    if (!this.#closed) this.#events.freed(this);
  }

  /** Whether the server has said that it does not process the request (RFC 9113, 6.8). */
  #isUnprocessed({ id }: Http2Request): boolean {
    return this.#lastStreamId !== undefined && id > this.#lastStreamId;
  }

  /**
   * The failure of a request that was in flight when the connection ended; undefined when it is sent again, once. As
   * with HTTP/1.1, if the connection has served requests before, nothing shows that the server has seen this one.
   */
  #fateOf(request: Http2Request, failure: RequestFailure): RequestFailure | undefined {
    const { exchange, isAnswered } = request;
    if (failure === 'not-finished') return failure;
    if (isAnswered) return 'incomplete-response';
    if (exchange.resent) return failure;
    if (this.#isUnprocessed(request)) return undefined;
    if (!this.#served) return failure;
    return idempotentMethods.has(exchange.request?.wire.method ?? '') ? undefined : 'stale-connection';
  }

  #settle({ exchange }: Http2Request, fate: RequestFailure | undefined): void {
    if (fate === undefined) {
      exchange.resent = true;
      this.#events.unanswered(exchange);
    } else this.#settleAs(exchange, fate);
  }

  #settleAs(exchange: Exchange, failure: RequestFailure): void {
    exchange.failure = failure;
    exchange.endedMs = this.#clock.nowMs();
    this.#events.settled(exchange);
  }

  #end(failure: RequestFailure, error: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#session?.destroy();
    this.#socket.destroy();
    const left = [...new Set([...this.#broken, ...this.#requests])];
    const fates = left.map((request) => [request, this.#fateOf(request, failure)] as const);
    for (const request of left) request.release();
    this.#requests.clear();
    const lost = failure !== 'not-finished' && fates.some(([, fate]) => fate !== undefined);
    // The pool is told first, so that it sends nothing over this connection again.
    this.#events.closed(this, { opened: this.#open, lost, shunned: false, abrupt: false, failure, error });
    for (const [request, fate] of fates) this.#settle(request, fate);
  }
}

function writeBody(stream: ClientHttp2Stream, body: WireBody): void {
  if (typeof body === 'string') {
    stream.end(body, 'utf8');
    return;
  }
  stream.cork();
  for (const piece of body) stream.write(piece);
  stream.uncork();
  stream.end();
}
