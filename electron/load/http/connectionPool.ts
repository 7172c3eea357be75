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
 * A connection counts as being opened until its first answer, at most for this time: the system accepts connections
 * for a server that is busy, and one that answers soon needs fewer of them than a moment of business seems to ask for.
 */
const provingMs = 10;

/** A server that has not answered for longer is another one, or in another state: its limits are not known any more. */
const forgottenMs = 3_000;

/** Methods whose requests may be sent twice (RFC 9110, 9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

/** Begins to open a connection that tells `events` about its life. */
export type OpenConnection = (events: ConnectionEvents) => PooledConnection;

/**
 * Keep-alive connections to one origin. A request takes the connection that was used last. When all are busy it waits
 * for the first that is freed or newly opened; for every request that waits one is being opened, up to a bound. How
 * many requests may be in flight is the executor's business. A request that has an owner takes the connection of its
 * owner, else one that is nobody's yet, else a new one, which is its owner's from then on.
 */
export class ConnectionPool implements OriginPool, ConnectionEvents, ExchangeHolder {
  readonly httpVersion = '1.1';
  readonly #origin: Origin;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #book: ConnectionCounters;
  readonly #open: OpenConnection;
  readonly #deadlines: Deadlines;
  readonly #idle = new IdleConnections();
  /** Idle ones that have an owner. */
  readonly #owned = new Map<ConnectionOwner, PooledConnection>();
  readonly #alive = new Set<PooledConnection>();
  /** Those that are being opened for requests that wait, the oldest first; see {@link provingMs}. */
  readonly #opening = new Set<PooledConnection>();
  readonly #waiting: Exchange[] = [];
  /** Requests that go over the wire a second time, for which only a fresh connection will do. */
  readonly #resending: Exchange[] = [];
  readonly #pace = new OpeningPace();
  readonly #crowding = new Crowding();
  /** How many of those that are alive have brought an answer. */
  #serving = 0;
  #answeredMs = Number.NEGATIVE_INFINITY;
  readonly #overdue: OverdueResponses;
  #ahead: ConnectingAhead | undefined;
  #proxyFailure: ProxyFailure | undefined;
  /** The address that accepted the first connection. */
  connectedAddress: string | undefined;

  /** `open` begins to open a connection: over TCP or TLS, but in tests of what a pool does. */
  constructor(
    origin: Origin,
    timeoutMs: number,
    clock: Clock,
    work: WorkTimer,
    book: ConnectionCounters,
    open: OpenConnection = (events) => new Connection(origin, clock, work, events),
  ) {
    this.#origin = origin;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#book = book;
    this.#open = open;
    this.#deadlines = new Deadlines(timeoutMs, clock);
    this.#overdue = new OverdueResponses(clock, this.#idle);
  }

  /**
   * Opens connections ahead of the load until there are `count` idle ones, or as many as the server accepts within
   * five seconds. Throws `target-unreachable` when not a single one can be opened.
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

  /** Ends {@link preconnect} at once; it resolves. */
  cancelPreconnect(): void {
    this.#ahead?.cancel();
  }

  /** Sends the exchange's request; the exchange settles exactly once. */
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

  /** Settles a request that no connection was found for. */
  giveUp(exchange: Exchange, nowMs: number): void {
    for (const queue of [this.#waiting, this.#resending]) {
      const position = queue.indexOf(exchange);
      if (position >= 0) queue.splice(position, 1);
    }
    const [oldest] = this.#opening;
    // It was begun for a request such as this, and is no better off.
    if (oldest && !oldest.usable && nowMs >= oldest.startedMs + this.#timeoutMs) oldest.close();
    this.#fail(exchange, 'timeout', nowMs);
  }

  /** Closes the idle connection of an owner, if there is one. */
  release(owner: ConnectionOwner): void {
    this.#owned.get(owner)?.close();
  }

  /** Closes the idle connections of all owners. */
  closeOwned(): void {
    for (const connection of [...this.#owned.values()]) connection.close();
  }

  /** Closes all connections; requests in flight settle as `not-finished`. */
  close(): void {
    this.cancelPreconnect();
    const nowMs = this.#clock.nowMs();
    for (const exchange of [...this.#resending.splice(0), ...this.#waiting.splice(0)])
      this.#fail(exchange, 'not-finished', nowMs);
    for (const connection of [...this.#alive]) connection.close();
  }

  /** What is to be said of the server at the end, if anything. */
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
    this.#book.opened(times);
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
    // While no fresh connection can be had, one that has answered just now is the next best.
    const isPaused = this.#resending.length > 0 && this.#openable(this.#clock.nowMs()) === 0;
    this.#dispatch(connection, (isPaused ? this.#resending.shift() : undefined) ?? this.#waiting.shift(), true);
    this.#overdue.makeRoom(1);
    this.#openMore();
  }

  closed(connection: PooledConnection, end: ConnectionEnd): void {
    this.#alive.delete(connection);
    this.#book.closed(end);
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
      if (exchange) this.#fail(exchange, end.failure, this.#clock.nowMs());
    }
    this.#openMore();
  }

  unanswered(connection: PooledConnection, exchange: Exchange, abrupt: boolean): boolean {
    // It breaks those that are at work as well: then it is not the number of connections that it breaks new ones for.
    if (connection.served && !abrupt) this.#pace.refute();
    const method = exchange.request?.wire.method;
    if (exchange.resent || method === undefined || !idempotentMethods.has(method)) return false;
    exchange.resent = true;
    exchange.holder = this;
    this.#book.reconnected();
    this.#resending.push(exchange);
    this.#openMore();
    return true;
  }

  turnedAway(failure: RequestFailure): void {
    if (isProxyFailure(failure)) this.#proxyFailure = failure;
  }

  settled(exchange: Exchange): void {
    this.#deadlines.remove(exchange);
    exchange.onSettled(exchange);
  }

  #fail(exchange: Exchange, failure: RequestFailure, nowMs: number): void {
    exchange.failure = failure;
    exchange.endedMs = nowMs;
    this.settled(exchange);
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

  /** How many requests wait for a connection. */
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

  /** Whether so many requests wait that the server must have reached its limit if it closes connections. */
  get #isCrowded(): boolean {
    return this.#wanted > openAtOnce;
  }

  /** How many connections may be in the course of opening. */
  #openable(nowMs: number): number {
    const held = this.#alive.size - this.#opening.size;
    return Math.min(this.#pace.atOnce(nowMs), this.#crowding.room(held, nowMs));
  }

  /** Begins to open a connection for each request that waits and has none under way. */
  #openMore(): void {
    if (this.#wanted === 0) return;
    const openable = this.#openable(this.#clock.nowMs());
    // One that is open and proves itself carries a request already: it is no help to those that wait.
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
