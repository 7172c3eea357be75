import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import { ConnectingAhead } from './connectingAhead';
import {
  Connection,
  type ConnectionEnd,
  type ConnectionEvents,
  type OpeningTimes,
  type PooledConnection,
} from './connection';
import type { ConnectionCounters } from './connectionCounters';
import { Crowding } from './crowding';
import { Deadlines } from './deadlines';
import type { ConnectionOwner, Exchange, ExchangeHolder, RequestFailure } from './exchange';
import { IdleConnections } from './idleConnections';
import { OpeningPace, openAtOnce } from './openingPace';
import type { Origin } from './origin';
import type { OriginPool } from './originPool';
import { OverdueResponses } from './overdueResponses';
import { isProxyFailure, type ProxyFailure, proxyWarning } from './proxyFailure';

/**
 * A connection counts as opening until its first response, but no longer than this time once it is open. The operating
 * system accepts connections on behalf of a busy server, so an open connection may not be served yet. A server that
 * answers soon needs fewer connections than a short burst seems to require.
 */
const provingMs = 10;

/**
 * After this time without a response, the server may have been replaced or changed its state: its limits are unknown
 * again.
 */
const forgottenMs = 3_000;

/** Idempotent methods: their requests may be sent twice (RFC 9110, 9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

/** Starts to open a connection that reports its events to `events`. */
export type OpenConnection = (events: ConnectionEvents) => PooledConnection;

/**
 * Keep-alive connections to one origin. A request takes the connection that was used last. When all are busy, it waits
 * for the first that is freed or newly opened; the pool opens one connection for every waiting request, up to a limit.
 * The executor decides how many requests may be in flight. A request with an owner takes its owner's connection, else
 * one without an owner, else a new one. That connection then belongs to the owner.
 */
export class ConnectionPool implements OriginPool, ConnectionEvents, ExchangeHolder {
  readonly httpVersion = '1.1';
  readonly #origin: Origin;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #counters: ConnectionCounters;
  readonly #open: OpenConnection;
  readonly #deadlines: Deadlines;
  readonly #idle = new IdleConnections();
  /** Idle connections that have an owner. */
  readonly #owned = new Map<ConnectionOwner, PooledConnection>();
  readonly #alive = new Set<PooledConnection>();
  /** Connections that are opening for waiting requests, the oldest first; see {@link provingMs}. */
  readonly #opening = new Set<PooledConnection>();
  readonly #waiting: Exchange[] = [];
  /** Requests that are sent for the second time. They need a new connection. */
  readonly #resending: Exchange[] = [];
  readonly #pace = new OpeningPace();
  readonly #crowding = new Crowding();
  /** How many of the connections in `#alive` have brought a response. */
  #serving = 0;
  #answeredMs = Number.NEGATIVE_INFINITY;
  readonly #overdue: OverdueResponses;
  #ahead: ConnectingAhead | undefined;
  #proxyFailure: ProxyFailure | undefined;
  /** The address that accepted the first connection. */
  connectedAddress: string | undefined;

  /** `open` starts to open a connection, over TCP or TLS. Tests of the pool replace it. */
  constructor(
    origin: Origin,
    timeoutMs: number,
    clock: Clock,
    work: WorkTimer,
    counters: ConnectionCounters,
    open: OpenConnection = (events) => new Connection(origin, clock, work, events),
  ) {
    this.#origin = origin;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#counters = counters;
    this.#open = open;
    this.#deadlines = new Deadlines(timeoutMs, clock);
    this.#overdue = new OverdueResponses(clock, this.#idle);
  }

  /**
   * Opens connections ahead of the load until `count` are idle, or as many as the server accepts within five seconds.
   * Throws `target-unreachable` when no connection can be opened.
   */
  async preconnect(count: number): Promise<void> {
    this.#idle.closeStale(this.#clock.nowMs());
    const missing = count - this.#idle.count;
    if (missing <= 0) return;
    const ahead = new ConnectingAhead(this.#origin, missing, openAtOnce, this.#clock, () => this.#connect());
    this.#ahead = ahead;
    try {
      await ahead.finished;
    } finally {
      this.#ahead = undefined;
    }
  }

  /** Ends {@link preconnect} at once; its promise resolves. */
  cancelPreconnect(): void {
    this.#ahead?.cancel();
  }

  /** Sends the request of an exchange. The exchange settles exactly once. */
  send(exchange: Exchange): void {
    const { sentMs } = exchange;
    exchange.holder = this;
    this.#deadlines.add(exchange);
    const connection = this.#takeOwned(exchange.owner, sentMs) ?? this.#idle.take(sentMs);
    if (connection) {
      this.#sendOver(connection, exchange, sentMs, true);
      return;
    }
    this.#waiting.push(exchange);
    this.#openMore();
  }

  /** Settles a request that found no connection in time. */
  giveUp(exchange: Exchange, nowMs: number): void {
    for (const queue of [this.#waiting, this.#resending]) {
      const position = queue.indexOf(exchange);
      if (position >= 0) queue.splice(position, 1);
    }
    const [oldest] = this.#opening;
    // This connection was started for a request like this one and has also timed out.
    if (oldest && !oldest.usable && nowMs >= oldest.startedMs + this.#timeoutMs) oldest.close();
    this.#deadlines.fail(exchange, 'timeout', nowMs);
  }

  /** Closes the idle connection of an owner, if there is one. */
  release(owner: ConnectionOwner): void {
    this.#owned.get(owner)?.close();
  }

  /** Closes the idle connections of all owners. */
  closeOwned(): void {
    for (const connection of [...this.#owned.values()]) connection.close();
  }

  /** Closes all connections. Requests in flight settle as `not-finished`. */
  close(): void {
    this.cancelPreconnect();
    const nowMs = this.#clock.nowMs();
    for (const exchange of [...this.#resending.splice(0), ...this.#waiting.splice(0)])
      this.#deadlines.fail(exchange, 'not-finished', nowMs);
    for (const connection of [...this.#alive]) connection.close();
  }

  /** The warning about the server at the end of the load, if any. */
  warning(): string | undefined {
    const { shunned } = this.#pace;
    const { hostname, port } = this.#origin;
    if (this.#proxyFailure !== undefined) return proxyWarning(this.#origin, this.#proxyFailure);
    if (this.#crowding.limit !== undefined)
      return `${hostname}:${port} closed connections that it had just served when others were opened: it holds about ${this.#crowding.limit} at once, and requests that waited for a free connection have this wait in their response time`;
    const { closedForRoom } = this.#overdue;
    if (shunned === 0 && closedForRoom > 0)
      return `${hostname}:${port} served no new connections while others were idle: ${closedForRoom} idle ones were closed to make room, and requests that waited for this have the wait in their response time`;
    if (shunned === 0) return undefined;
    return `${hostname}:${port} closed ${shunned} new connections before it answered while it served others: it accepts no more at once, and requests that waited for a free connection have this wait in their response time`;
  }

  opened(connection: PooledConnection, times: OpeningTimes): void {
    this.#counters.opened(times);
    this.connectedAddress ??= connection.remoteAddress;
    if (this.#ahead?.noteOpened(connection)) this.#idle.add(connection);
    else this.#dispatch(connection, this.#resending.shift() ?? this.#waiting.shift(), false);
    if (!this.#opening.has(connection)) return;
    if (this.#wanted === 0) this.#opening.delete(connection);
    else this.#clock.wakeAt(this.#clock.nowMs() + provingMs, () => this.#prove(connection));
  }

  freed(connection: PooledConnection, { writtenMs, endedMs }: Exchange): boolean {
    this.#answeredMs = endedMs;
    if (connection.served) this.#overdue.noteResponse(endedMs - writtenMs);
    else {
      this.#overdue.noteFirst(endedMs);
      this.#serving += 1;
      this.#crowding.noteServed(this.#serving, this.#clock.nowMs());
      this.#pace.answered(connection.startedMs);
    }
    if (this.#opening.size > 0) this.#prove(connection);
    if (connection.owner) {
      this.#owned.set(connection.owner, connection);
      return false;
    }
    if (this.#wanted > 0 || this.#overdue.isWaited) return true;
    this.#idle.addUsed(connection);
    return false;
  }

  handBack(connection: PooledConnection): void {
    // While no new connection can be opened, one that has just answered is the next best.
    const isPaused = this.#resending.length > 0 && this.#openable(this.#clock.nowMs()) === 0;
    this.#dispatch(connection, (isPaused ? this.#resending.shift() : undefined) ?? this.#waiting.shift(), true);
    this.#overdue.makeRoom(1);
    this.#openMore();
  }

  closed(connection: PooledConnection, end: ConnectionEnd): void {
    this.#alive.delete(connection);
    this.#counters.closed(end);
    if (!end.opened) this.turnedAway(end.failure);
    if (connection.served) this.#serving -= 1;
    if (this.#serving === 0 && this.#clock.nowMs() >= this.#answeredMs + forgottenMs) {
      this.#pace.forget();
      this.#crowding.forget();
    } else if (end.shunned) this.#noteShunned();
    else if (end.abrupt && this.#isCrowded) this.#noteCrowded();
    if (connection.owner && this.#owned.get(connection.owner) === connection) this.#owned.delete(connection.owner);
    this.#idle.remove(connection);
    const isAhead = this.#ahead?.noteClosed(connection, end) ?? false;
    if (this.#opening.delete(connection) && !end.opened && !isAhead && end.failure !== 'not-finished') {
      const exchange = this.#resending.shift() ?? this.#waiting.shift();
      if (exchange) this.#deadlines.fail(exchange, end.failure, this.#clock.nowMs());
    }
    this.#openMore();
  }

  unanswered(connection: PooledConnection, exchange: Exchange, abrupt: boolean): boolean {
    // The server also breaks connections that have served requests, so their number is not why it closes new ones.
    if (connection.served && !abrupt) this.#pace.refute();
    const method = exchange.request?.wire.method;
    if (exchange.resent || method === undefined || !idempotentMethods.has(method)) return false;
    exchange.resent = true;
    exchange.holder = this;
    this.#counters.reconnected();
    this.#resending.push(exchange);
    this.#openMore();
    return true;
  }

  turnedAway(failure: RequestFailure): void {
    if (isProxyFailure(failure)) this.#proxyFailure = failure;
  }

  settled(exchange: Exchange): void {
    this.#deadlines.settle(exchange);
  }

  #dispatch(connection: PooledConnection, exchange: Exchange | undefined, reused: boolean): void {
    if (exchange) this.#sendOver(connection, exchange, this.#clock.nowMs(), reused);
    else this.#idle.add(connection);
  }

  #sendOver(connection: PooledConnection, exchange: Exchange, nowMs: number, reused: boolean): void {
    connection.send(exchange, nowMs, reused);
    if (!connection.served) this.#overdue.watch(connection, nowMs);
  }

  #takeOwned(owner: ConnectionOwner | undefined, nowMs: number): PooledConnection | undefined {
    if (!owner) return undefined;
    const own = this.#owned.get(owner);
    if (!own) return undefined;
    this.#owned.delete(owner);
    if (nowMs < own.usableUntilMs) return own;
    own.close();
    return undefined;
  }

  /** The number of requests that wait for a connection. */
  get #wanted(): number {
    return this.#waiting.length + this.#resending.length;
  }

  #prove(connection: PooledConnection): void {
    if (this.#opening.delete(connection)) this.#openMore();
  }

  #noteShunned(): void {
    if (this.#pace.noteShunned(this.#clock.nowMs()))
      this.#clock.wakeAt(this.#pace.pausedUntilMs, () => this.#openMore());
  }

  #noteCrowded(): void {
    if (this.#crowding.noteClosed(this.#clock.nowMs()))
      this.#clock.wakeAt(this.#crowding.pausedUntilMs, () => this.#openMore());
  }

  /** Whether enough requests wait that a close by the server must mean that it has reached its limit. */
  get #isCrowded(): boolean {
    return this.#wanted > openAtOnce;
  }

  /** The maximum number of connections that may be opening now. */
  #openable(nowMs: number): number {
    const held = this.#alive.size - this.#opening.size;
    return Math.min(this.#pace.atOnce(nowMs), this.#crowding.room(held, nowMs));
  }

  /** Starts to open a connection for each waiting request that has none opening for it. */
  #openMore(): void {
    if (this.#wanted === 0) return;
    const openable = this.#openable(this.#clock.nowMs());
    // A connection that is open but has no response yet already carries a request, so it does not help those that wait.
    let connecting = 0;
    for (const { usable } of this.#opening) if (!usable) connecting += 1;
    for (; this.#opening.size < openable && connecting < this.#wanted; connecting += 1)
      this.#opening.add(this.#connect());
  }

  #connect(): PooledConnection {
    const connection = this.#open(this);
    this.#alive.add(connection);
    return connection;
  }
}
