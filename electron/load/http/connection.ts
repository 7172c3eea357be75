import { connect as connectTcp, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import { connectionFailure } from './connectionFailure';
import { placeOf, tlsOptionsOf } from './connectSocket';
import type { ConnectionOwner, Exchange, ExchangeHolder, RequestFailure } from './exchange';
import { MalformedResponse } from './malformedResponse';
import { type Origin, urlOriginOf } from './origin';
import { openTunnel, ProxiedHeads, proxyAuthenticationRequired } from './proxyTunnel';
import { onlyLineEnds, ResponseParser } from './responseParser';
import { traced } from './traceContext';

/**
 * All connections read into the same buffer, because the bytes of a read are consumed before the next read. Measured,
 * this and `onread` instead of `data` events save a tenth of a core at full speed.
 */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Reads the responses that arrive in one piece, which most do, for all connections: it is done with one before the next
 * is read. With a parser each, a thousand connections would not fit into the caches of the processor.
 */
const wholeResponses = new ResponseParser();

const requestTimeout = 408;
/** A close within this time after a response is abrupt: servers that close idle connections wait much longer. */
const abruptMs = 100;

/** The durations of the steps that opened a connection, in ms. */
export interface OpeningTimes {
  /** Almost 0, because names are resolved before the load. Undefined when the host is an IP address. */
  lookupMs: number | undefined;
  connectMs: number;
  /** Undefined without TLS. */
  tlsMs: number | undefined;
}

/** How a connection ended. */
export interface ConnectionEnd {
  /** Whether the connection was ever open. */
  opened: boolean;
  /** Whether the connection broke with a request in flight that was not sent again. */
  lost: boolean;
  /**
   * Whether the server closed the connection before its first response: either before it was open, or with a request in
   * flight that was sent for the first time.
   */
  shunned: boolean;
  /** Whether the server closed the connection just after a response, without an announcement (`Connection: close`). */
  abrupt: boolean;
  failure: RequestFailure;
  /** The error of the system, if there was one. */
  error: Error | undefined;
}

/** The part of a connection that a pool uses. */
export interface PooledConnection extends ExchangeHolder {
  /** When it started to open. */
  readonly startedMs: number;
  /** The virtual user that owns it, from its first request on; undefined when all requests share it. */
  readonly owner: ConnectionOwner | undefined;
  /** Whether it can carry requests. */
  readonly usable: boolean;
  /** Whether it has brought a response. */
  readonly served: boolean;
  /** The address of the peer, once it is open. */
  readonly remoteAddress: string | undefined;
  /**
   * Until when the connection can be used when idle, from the server's `Keep-Alive` header. A later request may meet
   * the server's close.
   */
  readonly usableUntilMs: number;
  /**
   * Sends a request. Call only when the connection is open and has no other request in flight. `reused`: whether the
   * connection was idle before, so that the server may have closed it in the meantime.
   */
  send(exchange: Exchange, writtenMs: number, reused: boolean): void;
  /** Closes the connection. A request in flight settles as `not-finished`. */
  close(): void;
}

/** The events that a connection reports to its pool. */
export interface ConnectionEvents {
  opened(connection: PooledConnection, times: OpeningTimes): void;
  /**
   * The response is complete and the connection can carry the next request. Called before `settled`. Returns whether
   * other requests wait for a connection. If so, the connection is offered with `handBack` after `settled`, because the
   * response is a view of its memory.
   */
  freed(connection: PooledConnection, exchange: Exchange): boolean;
  handBack(connection: PooledConnection): void;
  /** The connection can carry no further request. */
  closed(connection: PooledConnection, end: ConnectionEnd): void;
  /**
   * The connection broke after it was idle and before any byte of the response; `abrupt` as in {@link ConnectionEnd}.
   * Returns whether the request is sent again.
   */
  unanswered(connection: PooledConnection, exchange: Exchange, abrupt: boolean): boolean;
  settled(exchange: Exchange): void;
  /** A proxy answered a request itself, with a refusal. */
  turnedAway(failure: RequestFailure): void;
}

/**
 * A keep-alive connection that carries one request at a time. The constructor starts to open it. Every request settles
 * exactly once.
 */
export class Connection implements PooledConnection {
  #socket: Socket;
  readonly #clock: Clock;
  readonly #work: WorkTimer;
  readonly #events: ConnectionEvents;
  /** The parser of the response that is being read. */
  #parser = wholeResponses;
  /** Whether a byte of the last response has arrived. */
  #started = false;
  readonly #onread: OnReadOpts = { buffer: readBuffer, callback: (length) => this.#receive(readBuffer, length) };
  readonly #secure: boolean;
  /** Undefined unless a proxy reads the requests, as it does without TLS. */
  readonly #proxied: ProxiedHeads | undefined;
  readonly startedMs: number;
  owner: ConnectionOwner | undefined;
  #lookedUpMs = 0;
  #connectedMs = 0;
  #open = false;
  #exchange: Exchange | undefined;
  #reused = false;
  #served = false;
  #closed = false;
  #usableUntilMs = Number.POSITIVE_INFINITY;
  #answeredMs = Number.NEGATIVE_INFINITY;

  constructor(origin: Origin, clock: Clock, work: WorkTimer, events: ConnectionEvents) {
    this.#clock = clock;
    this.#work = work;
    this.#events = events;
    this.startedMs = clock.nowMs();
    this.#secure = origin.tls !== undefined;
    const { proxy } = origin;
    this.#proxied = proxy && !origin.tls ? new ProxiedHeads(urlOriginOf(origin), proxy) : undefined;
    if (proxy && origin.tls)
      this.#socket = openTunnel(origin, proxy, {
        established: (socket) => this.#secureTunnel(origin, socket),
        failed: (failure, error) => this.#broke(failure, error),
      });
    else {
      this.#socket = this.#connect(origin);
      this.#watch();
    }
  }

  /** Listens to the events of the socket. */
  #watch(): void {
    const socket = this.#socket;
    socket.setNoDelay(true);
    socket.once('lookup', () => {
      this.#lookedUpMs = this.#clock.nowMs();
    });
    socket.once('connect', () => this.#connected());
    if (this.#secure) socket.once('secureConnect', () => this.#opened());
    socket.on('error', (error) => this.#broke(this.#failureOf(error), error));
    socket.on('end', () => this.#ended());
    socket.on('close', () => this.#ended());
  }

  /** Starts TLS with the server inside the proxy tunnel. */
  #secureTunnel(origin: Origin, socket: Socket): void {
    if (this.#closed) return;
    this.#connectedMs = this.#clock.nowMs();
    this.#socket = connectTls({ ...tlsOptionsOf(origin, ['http/1.1']), host: origin.hostname, socket });
    // Node does not support `onread` for a TLS socket on top of another socket.
    this.#socket.on('data', (bytes: Buffer) => this.#receive(bytes, bytes.length));
    this.#watch();
  }

  #failureOf(error: Error): RequestFailure {
    if (this.#proxied && !this.#open) return 'proxy-unreachable';
    return connectionFailure(error, this.#secure && !this.#open);
  }

  get usable(): boolean {
    return this.#open && !this.#closed;
  }

  get served(): boolean {
    return this.#served;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  get usableUntilMs(): number {
    return this.#usableUntilMs;
  }

  send(exchange: Exchange, writtenMs: number, reused: boolean): void {
    if (!exchange.request) throw new RangeError('an exchange without a request');
    const { wire, keepsBody } = exchange.request;
    this.#exchange = exchange;
    this.#started = false;
    this.#reused = reused;
    this.owner = exchange.owner;
    exchange.holder = this;
    exchange.writtenMs = writtenMs;
    if (this.#parser !== wholeResponses) this.#parser.expect(wire.method, keepsBody);
    const { body } = wire;
    const own = traced(wire.head, exchange);
    const head = this.#proxied ? this.#proxied.write(own) : own;
    if (typeof body === 'object') this.#writePieces(head, body);
    else this.#socket.write(body === undefined ? head : head + body, 'utf8');
  }

  /** Writes all pieces at once (writev). */
  #writePieces(head: string, pieces: readonly Buffer[]): void {
    this.#socket.cork();
    this.#socket.write(head, 'utf8');
    for (const piece of pieces) this.#socket.write(piece);
    this.#socket.uncork();
  }

  giveUp(_exchange: Exchange, nowMs: number): void {
    this.#shut('timeout', nowMs);
  }

  close(): void {
    this.#shut('not-finished', this.#clock.nowMs());
  }

  #connect(origin: Origin): Socket {
    const options = { ...placeOf(origin), onread: this.#onread };
    if (!origin.tls) return connectTcp(options);
    const secured = { ...options, ...tlsOptionsOf(origin, ['http/1.1']) };
    return connectTls(secured);
  }

  #connected(): void {
    this.#connectedMs = this.#clock.nowMs();
    if (!this.#secure) this.#opened();
  }

  #opened(): void {
    if (this.#closed) return;
    this.#open = true;
    const nowMs = this.#clock.nowMs();
    const lookedUp = this.#lookedUpMs > 0;
    this.#events.opened(this, {
      lookupMs: lookedUp ? this.#lookedUpMs - this.startedMs : undefined,
      connectMs: this.#connectedMs - (lookedUp ? this.#lookedUpMs : this.startedMs),
      tlsMs: this.#secure ? nowMs - this.#connectedMs : undefined,
    });
  }

  /** Processes the bytes of a read. Returns true, so that reading continues. */
  #receive(bytes: Buffer, length: number): boolean {
    const startedMs = this.#clock.nowMs();
    this.#take(bytes, length, startedMs);
    this.#work.add(this.#clock.nowMs() - startedMs);
    return true;
  }

  #take(bytes: Buffer, length: number, nowMs: number): void {
    const exchange = this.#exchange;
    if (this.#closed) return;
    if (!exchange) {
      // A response without a request, such as 408 on an idle connection, makes the connection unusable.
      if (!onlyLineEnds(bytes, 0, length)) this.#shut('unexpected-data', nowMs);
      return;
    }
    let complete: boolean;
    try {
      complete = this.#parse(exchange, bytes, length);
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.#shut(error.kind, nowMs);
      return;
    }
    if (this.#parser.started) this.#started = true;
    if (this.#parser.began) exchange.firstByteMs = nowMs;
    if (complete) this.#answered(exchange, nowMs);
  }

  /** Returns whether the bytes complete the response. A connection whose response is in pieces has its own parser. */
  #parse({ request }: Exchange, bytes: Buffer, length: number): boolean {
    if (this.#parser === wholeResponses && request) {
      wholeResponses.expect(request.wire.method, request.keepsBody);
      if (wholeResponses.push(bytes, length)) return true;
      this.#parser = new ResponseParser();
      this.#parser.expect(request.wire.method, request.keepsBody);
    }
    return this.#parser.push(bytes, length);
  }

  #ended(): void {
    if (this.#closed) return;
    const exchange = this.#exchange;
    if (exchange && this.#started && this.#parser.end()) this.#answered(exchange, this.#clock.nowMs());
    else this.#broke(this.#started && exchange ? 'incomplete-response' : 'connection-closed');
  }

  #answered(exchange: Exchange, nowMs: number): void {
    const parser = this.#parser;
    if (nowMs >= exchange.deadlineMs) {
      this.#shut('timeout', nowMs);
      return;
    }
    if (
      parser.status === requestTimeout &&
      !parser.keepAlive &&
      this.#reused &&
      this.#events.unanswered(this, exchange, false)
    ) {
      // The server closed the idle connection while the request was on its way (RFC 9110, 15.5.9).
      this.#exchange = undefined;
      this.#shut('connection-closed', nowMs);
      return;
    }
    this.#exchange = undefined;
    exchange.endedMs = nowMs;
    if (this.#proxied && parser.status === proxyAuthenticationRequired) this.#turnedAway(exchange);
    else exchange.response = parser;
    if (!parser.keepAlive) {
      this.#shut('connection-closed', nowMs);
      this.#events.settled(exchange);
      return;
    }
    this.#answeredMs = nowMs;
    this.#usableUntilMs = nowMs + parser.idleLimitMs;
    const isWanted = this.#events.freed(this, exchange);
    this.#served = true;
    this.#events.settled(exchange);
    if (isWanted && !this.#closed) this.#events.handBack(this);
  }

  /** The proxy answered instead of the server. */
  #turnedAway(exchange: Exchange): void {
    exchange.failure = 'proxy-authentication-required';
    this.#events.turnedAway(exchange.failure);
  }

  /** The server or the network ended the connection. */
  #broke(failure: RequestFailure, error?: Error): void {
    if (this.#closed) return;
    const exchange = this.#exchange;
    const nowMs = this.#clock.nowMs();
    const abrupt = nowMs < this.#answeredMs + abruptMs && !this.#started;
    if (!exchange || !this.#reused || this.#started) {
      const isClose = failure === 'connection-closed' || failure === 'connection-reset';
      // When a request breaks one connection after another, the cause is the request, not a limit of the server.
      const shunned = isClose && !this.#served && (exchange ? !exchange.resent : !this.#open);
      this.#close(failure, nowMs, { lost: exchange !== undefined, shunned, abrupt, error });
      return;
    }
    // The send raced with the server's close (RFC 9112, 9.3.1): nothing shows that the server saw the request.
    if (this.#events.unanswered(this, exchange, abrupt)) this.#exchange = undefined;
    const kind = exchange.resent ? failure : 'stale-connection';
    this.#close(kind, nowMs, { lost: this.#exchange !== undefined, shunned: false, abrupt, error });
  }

  /** The client ends the connection. */
  #shut(failure: RequestFailure, nowMs: number): void {
    if (!this.#closed) this.#close(failure, nowMs, { lost: false, shunned: false, abrupt: false, error: undefined });
  }

  #close(failure: RequestFailure, nowMs: number, end: Omit<ConnectionEnd, 'opened' | 'failure'>): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#closed = true;
    this.#socket.destroy();
    this.#events.closed(this, { opened: this.#open, failure, ...end });
    if (!exchange) return;
    exchange.endedMs = nowMs;
    exchange.failure = failure;
    this.#events.settled(exchange);
  }
}
