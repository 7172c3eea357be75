import type { OutgoingHttpHeaders } from 'node:http2';
import type { Clock } from '../../clock';
import type { WireRequest } from '../../workload/workload';
import type { WorkTimer } from '../../workTimer';
import { ConnectingAhead } from '../connectingAhead';
import type { ConnectionEnd, OpeningTimes } from '../connection';
import type { ConnectionCounters } from '../connectionCounters';
import { ConnectionPool } from '../connectionPool';
import { Deadlines } from '../deadlines';
import type { ConnectionOwner, Exchange, ExchangeHolder, RequestFailure } from '../exchange';
import type { Origin } from '../origin';
import type { OriginPool } from '../originPool';
import { isProxyFailure, proxyWarning } from '../proxyFailure';
import { Http2Connection, type Http2Events } from './http2Connection';

/** The maximum number of connections that open at once. Each carries many requests. */
const openAtOnce = 8;
/** The delay before another connection is tried with a server that refused one while it served others. */
const refusedMs = 1_000;
/** The assumed limit of streams until the server has sent its own (RFC 9113, 6.5.2, recommends no less). */
const usualStreams = 100;

/** The dependencies of a pool. */
export interface PoolDependencies {
  timeoutMs: number;
  clock: Clock;
  work: WorkTimer;
  counters: ConnectionCounters;
}

/**
 * HTTP/2 connections to one origin. Requests share the first connection that has room. When all carry as many requests
 * as the server allows, another one is opened. A request with an owner takes its owner's connection, which carries no
 * other requests. If the server chooses HTTP/1.1 in the first TLS handshake, a pool of HTTP/1.1 connections takes over.
 */
export class Http2Pool implements OriginPool, Http2Events, ExchangeHolder {
  readonly #origin: Origin;
  readonly #dependencies: PoolDependencies;
  readonly #deadlines: Deadlines;
  readonly #headers = new WeakMap<WireRequest, OutgoingHttpHeaders>();
  /** The open connections, in the order in which they were opened. */
  #open: Http2Connection[] = [];
  readonly #opening = new Set<Http2Connection>();
  readonly #owned = new Map<ConnectionOwner, Http2Connection>();
  readonly #waiting: Exchange[] = [];
  #fallback: ConnectionPool | undefined;
  #ahead: ConnectingAhead | undefined;
  #mostStreams: number | undefined;
  #refusedUntilMs = 0;
  #proxyFailure: RequestFailure | undefined;
  #speaksHttp2 = false;
  #address: string | undefined;

  constructor(origin: Origin, dependencies: PoolDependencies) {
    this.#origin = origin;
    this.#dependencies = dependencies;
    this.#deadlines = new Deadlines(dependencies.timeoutMs, dependencies.clock);
  }

  get httpVersion(): '1.1' | '2' | undefined {
    if (this.#fallback) return '1.1';
    return this.#speaksHttp2 ? '2' : undefined;
  }

  get connectedAddress(): string | undefined {
    return this.#fallback?.connectedAddress ?? this.#address;
  }

  async preconnect(count: number, areOwned = false): Promise<void> {
    // The first connection shows which version the server speaks and how many requests a connection carries.
    if (!this.#fallback && this.#open.length === 0) await this.#openAhead(1);
    if (this.#fallback) {
      await this.#fallback.preconnect(count);
      return;
    }
    if (this.#mostStreams === 0) return;
    const needed = Math.ceil(count / (areOwned ? 1 : this.#streams));
    const missing = needed - this.#open.filter(({ usable }) => usable).length;
    if (missing > 0) await this.#openAhead(missing);
  }

  cancelPreconnect(): void {
    this.#ahead?.cancel();
    this.#fallback?.cancelPreconnect();
  }

  send(exchange: Exchange): void {
    if (this.#fallback) {
      this.#fallback.send(exchange);
      return;
    }
    this.#deadlines.add(exchange);
    this.#dispatch(exchange, exchange.sentMs);
  }

  giveUp(exchange: Exchange, nowMs: number): void {
    const position = this.#waiting.indexOf(exchange);
    if (position >= 0) this.#waiting.splice(position, 1);
    // These connections were started for requests like this one and have also timed out.
    for (const connection of [...this.#opening])
      if (nowMs >= connection.startedMs + this.#dependencies.timeoutMs) connection.close();
    this.#deadlines.fail(exchange, 'timeout', nowMs);
  }

  release(owner: ConnectionOwner): void {
    this.#fallback?.release(owner);
    const own = this.#owned.get(owner);
    if (own?.load === 0) own.close();
  }

  closeOwned(): void {
    this.#fallback?.closeOwned();
    for (const owner of [...this.#owned.keys()]) this.release(owner);
  }

  close(): void {
    this.cancelPreconnect();
    this.#fallback?.close();
    const nowMs = this.#dependencies.clock.nowMs();
    for (const exchange of this.#waiting.splice(0)) this.#deadlines.fail(exchange, 'not-finished', nowMs);
    for (const connection of [...this.#opening, ...this.#open]) connection.close();
  }

  warning(): string | undefined {
    if (this.#fallback) return this.#fallback.warning();
    if (this.#proxyFailure === undefined || !isProxyFailure(this.#proxyFailure)) return undefined;
    return proxyWarning(this.#origin, this.#proxyFailure);
  }

  opened(connection: Http2Connection, times: OpeningTimes): void {
    this.#speaksHttp2 = true;
    this.#dependencies.counters.opened(times);
    this.#address ??= connection.remoteAddress;
    this.#mostStreams = connection.maxStreams;
    this.#opening.delete(connection);
    this.#open.push(connection);
    this.#ahead?.noteOpened(connection);
    this.freed(connection);
    // The number of requests that it carries is known now.
    this.#openMore();
  }

  choseHttp1(connection: Http2Connection): void {
    this.#opening.delete(connection);
    if (this.#speaksHttp2) {
      // One of several servers behind the host name does not speak HTTP/2.
      this.#refused({ failure: 'http2-unsupported' });
      return;
    }
    const { timeoutMs, clock, work, counters } = this.#dependencies;
    const fallback = new ConnectionPool(this.#origin, timeoutMs, clock, work, counters);
    this.#fallback ??= fallback;
    this.#ahead?.cancel();
    for (const other of [...this.#opening]) other.close();
    for (const exchange of this.#waiting.splice(0)) {
      this.#deadlines.remove(exchange);
      this.#fallback.send(exchange);
    }
  }

  freed(connection: Http2Connection): void {
    const nowMs = this.#dependencies.clock.nowMs();
    while (connection.hasRoom) {
      const next = this.#waiting.findIndex((exchange) => this.#fits(connection, exchange));
      const [exchange] = next < 0 ? [] : this.#waiting.splice(next, 1);
      if (!exchange) return;
      this.#sendOver(connection, exchange, nowMs);
    }
  }

  closed(connection: Http2Connection, end: ConnectionEnd): void {
    this.#dependencies.counters.closed(end);
    this.#open = this.#open.filter((other) => other !== connection);
    if (connection.owner && this.#owned.get(connection.owner) === connection) this.#owned.delete(connection.owner);
    const isAhead = this.#ahead?.noteClosed(connection, end) ?? false;
    if (this.#opening.delete(connection) && !isAhead && end.failure !== 'not-finished') this.#refused(end);
    this.#openMore();
  }

  unanswered(exchange: Exchange): void {
    this.#dependencies.counters.reconnected();
    this.#dispatch(exchange, this.#dependencies.clock.nowMs());
  }

  settled(exchange: Exchange): void {
    this.#deadlines.settle(exchange);
  }

  #dispatch(exchange: Exchange, nowMs: number): void {
    exchange.holder = this;
    const connection = this.#connectionFor(exchange.owner);
    if (connection) {
      this.#sendOver(connection, exchange, nowMs);
      return;
    }
    this.#waiting.push(exchange);
    this.#openMore();
  }

  #connectionFor(owner: ConnectionOwner | undefined): Http2Connection | undefined {
    if (owner) {
      const own = this.#owned.get(owner);
      if (own?.usable) return own.hasRoom ? own : undefined;
      this.#owned.delete(owner);
      return this.#open.find((connection) => !connection.owner && connection.load === 0 && connection.hasRoom);
    }
    // Waiting requests come first.
    if (this.#waiting.length > 0) return undefined;
    return this.#open.find((connection) => !connection.owner && connection.hasRoom);
  }

  /** Whether a connection may carry a waiting request. */
  #fits(connection: Http2Connection, { owner }: Exchange): boolean {
    if (connection.owner) return connection.owner === owner;
    return owner === undefined || (connection.load === 0 && !this.#owned.has(owner));
  }

  #sendOver(connection: Http2Connection, exchange: Exchange, nowMs: number): void {
    if (exchange.owner) this.#owned.set(exchange.owner, connection);
    connection.send(exchange, nowMs);
  }

  /** The number of requests that a connection carries at once, or an assumption until it is known. */
  get #streams(): number {
    return Math.max(1, this.#mostStreams ?? usualStreams);
  }

  #connect(): Http2Connection {
    const { clock, work } = this.#dependencies;
    const connection = new Http2Connection(this.#origin, clock, work, this.#headers, this);
    this.#opening.add(connection);
    return connection;
  }

  async #openAhead(count: number): Promise<void> {
    const ahead = new ConnectingAhead(this.#origin, count, openAtOnce, this.#dependencies.clock, () => this.#connect());
    this.#ahead = ahead;
    try {
      await ahead.finished;
    } finally {
      this.#ahead = undefined;
    }
  }

  /** Starts to open connections for waiting requests. */
  #openMore(): void {
    const { clock } = this.#dependencies;
    if (this.#waiting.length === 0 || this.#fallback || clock.nowMs() < this.#refusedUntilMs) return;
    // A server that allows no streams sends new settings when that changes. Another connection would not help.
    if (this.#open.some(({ usable, maxStreams }) => usable && maxStreams === 0)) return;
    // Until the first connection is open, nobody knows whether the server speaks HTTP/2.
    const most = this.#speaksHttp2 ? openAtOnce : 1;
    const owned = this.#waiting.filter(({ owner }) => owner !== undefined).length;
    const needed = owned + Math.ceil((this.#waiting.length - owned) / this.#streams);
    for (let count = this.#opening.size; count < Math.min(needed, most); count += 1) this.#connect();
  }

  /** A connection could not be opened. */
  #refused({ failure }: Pick<ConnectionEnd, 'failure'>): void {
    if (isProxyFailure(failure)) this.#proxyFailure = failure;
    const { clock } = this.#dependencies;
    const nowMs = clock.nowMs();
    if (!this.#open.some(({ usable }) => usable)) {
      for (const exchange of this.#waiting.splice(0)) this.#deadlines.fail(exchange, failure, nowMs);
      return;
    }
    this.#refusedUntilMs = nowMs + refusedMs;
    clock.wakeAt(this.#refusedUntilMs, () => this.#openMore());
  }
}
