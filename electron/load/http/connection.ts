import { connect as connectTcp, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { systemErrorCode } from '../../../shared/errors/appError';
import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import type { Exchange, RequestFailure } from './exchange';
import { MalformedResponse } from './malformedResponse';
import type { Origin } from './origin';
import { ResponseParser } from './responseParser';

/**
 * All connections read into the same memory: the bytes of a read are taken before the next one. Measured, this and
 * `onread` instead of `data` events save a tenth of a core at full speed.
 */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/** What it took to open a connection, in ms. */
export interface OpeningTimes {
  /** Undefined when the host is an address. */
  lookupMs: number | undefined;
  connectMs: number;
  /** Undefined without TLS. */
  tlsMs: number | undefined;
}

/** How a connection tells its owner about its life. */
export interface ConnectionEvents {
  opened(connection: Connection, times: OpeningTimes): void;
  /** It has settled its request and can carry the next. Called before the request's `onSettled`. */
  freed(connection: Connection): void;
  /** It can carry no further request. `lost`: it broke, other than by being closed while nothing was asked of it. */
  closed(connection: Connection, lost: boolean): void;
}

function failureOf(error: Error, secured: boolean): RequestFailure {
  if (error instanceof MalformedResponse) return error.kind;
  const code = systemErrorCode(error) ?? '';
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection-refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection-reset';
    case 'ETIMEDOUT':
      return 'connection-timeout';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'host-unknown';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'host-unreachable';
    case 'EADDRNOTAVAIL':
    case 'EMFILE':
    case 'ENFILE':
      return 'out-of-ports';
    default:
      return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code) || !secured
        ? 'tls-failed'
        : 'connection-failed';
  }
}

/**
 * A keep-alive connection that carries one request at a time. Opens at once; a request sent before it is open goes
 * out as soon as it is. Every request settles exactly once.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #work: WorkTimer;
  readonly #events: ConnectionEvents;
  readonly #parser = new ResponseParser();
  readonly #startedMs: number;
  readonly #secure: boolean;
  #lookedUpMs = 0;
  #connectedMs = 0;
  #open = false;
  #exchange: Exchange | undefined;
  #closed = false;
  /** When the current request gives up; Infinity without a request. */
  #deadlineMs = Number.POSITIVE_INFINITY;

  constructor(origin: Origin, clock: Clock, work: WorkTimer, events: ConnectionEvents) {
    this.#clock = clock;
    this.#work = work;
    this.#events = events;
    this.#startedMs = clock.nowMs();
    this.#secure = origin.tls !== undefined;
    this.#socket = this.#connect(origin);
    this.#socket.setNoDelay(true);
    this.#socket.once('lookup', () => {
      this.#lookedUpMs = clock.nowMs();
    });
    this.#socket.once('connect', () => this.#connected());
    if (origin.tls) this.#socket.once('secureConnect', () => this.#opened());
    this.#socket.on('error', (error) => this.#fail(failureOf(error, !this.#secure || this.#open)));
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('close', () => this.#ended());
  }

  /** Sends a request. Call only when no other request is in flight. */
  send(exchange: Exchange, method: string, bytes: string, keepsBody: boolean, deadlineMs: number): void {
    this.#exchange = exchange;
    this.#deadlineMs = deadlineMs;
    this.#parser.expect(method, keepsBody);
    if (this.#open) exchange.writtenMs = exchange.sentMs;
    this.#socket.write(bytes, 'utf8');
  }

  /** Gives up a request whose deadline has passed. */
  expire(nowMs: number): void {
    if (nowMs >= this.#deadlineMs) this.#fail('timeout');
  }

  /** Closes the connection; a request in flight settles as `not-finished`. */
  close(): void {
    this.#fail('not-finished');
  }

  #connect({ hostname: host, port, tls }: Origin): Socket {
    const onread: OnReadOpts = { buffer: readBuffer, callback: (length) => this.#receive(length) };
    if (!tls) return connectTcp({ host, port, onread });
    // An address is no server name (RFC 6066, 3).
    const servername = isIP(host) ? '' : host;
    const options = { host, port, onread, ALPNProtocols: ['http/1.1'], servername, ...tls };
    return connectTls(options);
  }

  #connected(): void {
    this.#connectedMs = this.#clock.nowMs();
    if (!this.#secure) this.#opened();
  }

  #opened(): void {
    if (this.#closed) return;
    this.#open = true;
    const nowMs = this.#clock.nowMs();
    if (this.#exchange) this.#exchange.writtenMs = nowMs;
    const lookedUp = this.#lookedUpMs > 0;
    this.#events.opened(this, {
      lookupMs: lookedUp ? this.#lookedUpMs - this.#startedMs : undefined,
      connectMs: this.#connectedMs - (lookedUp ? this.#lookedUpMs : this.#startedMs),
      tlsMs: this.#secure ? nowMs - this.#connectedMs : undefined,
    });
  }

  /** Takes the bytes of a read. Returns true, so that reading goes on. */
  #receive(length: number): boolean {
    const startedMs = this.#clock.nowMs();
    this.#take(length, startedMs);
    this.#work.add(this.#clock.nowMs() - startedMs);
    return true;
  }

  #take(length: number, nowMs: number): void {
    const exchange = this.#exchange;
    if (this.#closed) return;
    // An answer that nobody asked for (408 on an idle connection, say) leaves the connection unusable.
    if (!exchange) {
      this.#finish('unexpected-data', nowMs, false);
      return;
    }
    if (!this.#parser.started) exchange.firstByteMs = nowMs;
    let complete: boolean;
    try {
      complete = this.#parser.push(readBuffer, length);
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.#finish(error.kind, nowMs, false);
      return;
    }
    if (complete) this.#finish(undefined, nowMs, this.#parser.keepAlive);
  }

  #ended(): void {
    if (this.#closed) return;
    const nowMs = this.#clock.nowMs();
    if (this.#exchange && this.#parser.end()) this.#finish(undefined, nowMs, false);
    else
      this.#finish(this.#parser.started && this.#exchange ? 'incomplete-response' : 'connection-closed', nowMs, false);
  }

  #fail(failure: RequestFailure): void {
    this.#finish(failure, this.#clock.nowMs(), false);
  }

  #finish(failure: RequestFailure | undefined, nowMs: number, reusable: boolean): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#deadlineMs = Number.POSITIVE_INFINITY;
    if (!reusable) {
      if (this.#closed) return;
      this.#closed = true;
      this.#socket.destroy();
      const closedByUs = failure === undefined || failure === 'not-finished' || failure === 'timeout';
      const closedIdle = !exchange && failure === 'connection-closed';
      this.#events.closed(this, !closedByUs && !closedIdle && this.#open);
    } else if (exchange) this.#events.freed(this);
    if (!exchange) return;
    exchange.endedMs = nowMs;
    exchange.failure = failure;
    exchange.response = failure === undefined ? this.#parser : undefined;
    exchange.onSettled(exchange);
  }
}
