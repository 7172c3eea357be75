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
import { OpeningPace, openAtOnce } from './openingPace';
import type { Origin } from './origin';

/**
 * A connection counts as being opened until its first answer, at most for this time: the system accepts connections
 * for a server that is busy, and one that answers soon needs fewer of them than a moment of business seems to ask for.
 */
const provingMs = 10;

/**
 * A request that waits this long for the first answer over its connection, and so much longer than others lately, may
 * wait for the server to accept it. Many do that only when another connection ends (worker processes of Apache, for one).
 */
const leastOverdueMs = 500;
const overdueFactor = 2;
/** How much of the longest answer is remembered with each that follows. */
const memory = 0.99;

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
export class ConnectionPool implements ConnectionEvents, ExchangeHolder {
  readonly #origin: Origin;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #book: ConnectionCounters;
  readonly #open: OpenConnection;
  readonly #deadlines: Deadlines;
  /** The one that was used last at the end; those that were never used before all others. */
  readonly #idle: PooledConnection[] = [];
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
  /** Those that wait too long for their first answer, until one was closed for each. */
  readonly #overdue = new Set<PooledConnection>();
  /** How long an answer takes at most of late, over a connection that was used before; NaN when there was none. */
  #longestMs = Number.NaN;
  /** How many idle connections were closed so that the server accepts others. */
  #closedForRoom = 0;
  #ahead: ConnectingAhead | undefined;
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
  }

  /**
   * Opens connections ahead of the load until there are `count` idle ones, or as many as the server accepts within
   * five seconds. Throws `target-unreachable` when not a single one can be opened.
   */
  async preconnect(count: number): Promise<void> {
    this.#dropStale(this.#clock.nowMs());
    const missing = count - this.#idle.length;
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
    const connection = this.#takeOwned(exchange.owner, sentMs) ?? this.#takeIdle(sentMs);
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
    if (this.#crowding.limit !== undefined)
      return `${hostname}:${port} closed connections that it had just served when others were opened: it holds about ${this.#crowding.limit} at once, and requests that waited for a free connection have this wait in their response time`;
    if (shunned === 0 && this.#closedForRoom > 0)
      return `${hostname}:${port} served no new connections while others were idle: ${this.#closedForRoom} idle ones were closed to make room, and requests that waited for this have the wait in their response time`;
    if (shunned === 0) return undefined;
    return `${hostname}:${port} closed ${shunned} new connections before it answered while it served others: it accepts no more at once, and requests that waited for a free connection have this wait in their response time`;
  }

  opened(connection: PooledConnection, times: OpeningTimes): void {
    this.#book.opened(times);
    this.connectedAddress ??= connection.remoteAddress;
    if (this.#ahead?.noteOpened(connection)) this.#rest(connection);
    else this.#dispatch(connection, this.#resending.shift() ?? this.#waiting.shift(), false);
    if (!this.#opening.has(connection)) return;
    if (this.#wanted === 0) this.#opening.delete(connection);
    else this.#clock.wakeAt(this.#clock.nowMs() + provingMs, () => this.#prove(connection));
  }

  freed(connection: PooledConnection, { writtenMs, endedMs }: Exchange): boolean {
    if (connection.served) {
      this.#longestMs = Math.max(endedMs - writtenMs, memory * (this.#longestMs || 0));
    } else {
      this.#serving += 1;
      this.#crowding.noteServed(this.#serving, this.#clock.nowMs());
      this.#pace.answered(connection.startedMs);
    }
    if (this.#opening.size > 0) this.#prove(connection);
    if (connection.owner) {
      this.#owned.set(connection.owner, connection);
      return false;
    }
    if (this.#wanted > 0 || this.#overdue.size > 0) return true;
    this.#idle.push(connection);
    return false;
  }

  handBack(connection: PooledConnection): void {
    // While no fresh connection can be had, one that has answered just now is the next best.
    const isPaused = this.#resending.length > 0 && this.#openable(this.#clock.nowMs()) === 0;
    this.#dispatch(connection, (isPaused ? this.#resending.shift() : undefined) ?? this.#waiting.shift(), true);
    this.#helpOverdue(1);
    this.#openMore();
  }

  closed(connection: PooledConnection, end: ConnectionEnd): void {
    this.#alive.delete(connection);
    this.#book.closed(end);
    if (connection.served) this.#serving -= 1;
    if (this.#serving === 0) {
      this.#pace.forget();
      this.#crowding.forget();
    } else if (end.shunned) this.#noteShunned();
    else if (end.abrupt && this.#isCrowded) this.#noteCrowded();
    if (connection.owner && this.#owned.get(connection.owner) === connection) this.#owned.delete(connection.owner);
    const position = this.#idle.lastIndexOf(connection);
    if (position >= 0) this.#idle.splice(position, 1);
    const isAhead = this.#ahead?.noteClosed(connection, end) ?? false;
    if (this.#opening.delete(connection) && !end.opened && !isAhead && end.failure !== 'not-finished') {
      const exchange = this.#resending.shift() ?? this.#waiting.shift();
      if (exchange) this.#fail(exchange, end.failure, this.#clock.nowMs());
    }
    this.#openMore();
  }

  unanswered(connection: PooledConnection, exchange: Exchange): boolean {
    // It breaks those that it serves as well: then it is not the number of connections that it breaks new ones for.
    if (connection.served && !this.#isCrowded) this.#pace.refute();
    const method = exchange.request?.wire.method;
    if (exchange.resent || method === undefined || !idempotentMethods.has(method)) return false;
    exchange.resent = true;
    exchange.holder = this;
    this.#book.reconnected();
    this.#resending.push(exchange);
    this.#openMore();
    return true;
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
    else this.#rest(connection);
  }

  /** One that has not brought an answer yet is the last to be used: the server may not have accepted it. */
  #rest(connection: PooledConnection): void {
    if (connection.served) this.#idle.push(connection);
    else this.#idle.unshift(connection);
  }

  #sendOver(connection: PooledConnection, exchange: Exchange, nowMs: number, reused: boolean): void {
    connection.send(exchange, nowMs, reused);
    if (!connection.served) this.#watch(connection, nowMs);
  }

  /** After how long a first answer is overdue; NaN before it is known how long answers take. */
  get #overdueMs(): number {
    return Math.max(leastOverdueMs, overdueFactor * this.#longestMs);
  }

  /** Looks now and then for the first answer over a connection, and has room made for it each time that it is overdue. */
  #watch(connection: PooledConnection, sinceMs: number): void {
    this.#clock.wakeAt(this.#clock.nowMs() + leastOverdueMs, () => {
      if (connection.served || !connection.usable) return;
      const nowMs = this.#clock.nowMs();
      const isOverdue = nowMs >= sinceMs + this.#overdueMs;
      if (isOverdue) {
        this.#overdue.add(connection);
        this.#helpOverdue(0);
      }
      this.#watch(connection, isOverdue ? nowMs : sinceMs);
    });
  }

  /**
   * For each connection whose first answer is overdue closes one that the server may accept it for: that has been idle
   * longest, and before all those that were never used, which the server accepts first. `spared` idle ones stay for the
   * next requests, which would have to wait as long.
   */
  #helpOverdue(spared: number): void {
    for (const connection of this.#overdue) {
      if (connection.served || !connection.usable) {
        this.#overdue.delete(connection);
        continue;
      }
      const firstServed = this.#idle.findIndex(({ served }) => served);
      const unused = firstServed < 0 ? this.#idle.length : firstServed;
      const isHelped = this.#idle.length - unused > spared;
      const superfluous = this.#idle.slice(0, isHelped ? unused + 1 : unused);
      this.#closedForRoom += superfluous.length;
      for (const idle of superfluous) idle.close();
      if (!isHelped) return;
      this.#overdue.delete(connection);
    }
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

  #takeIdle(nowMs: number): PooledConnection | undefined {
    for (let found = this.#idle.pop(); found; found = this.#idle.pop()) {
      if (nowMs < found.usableUntilMs) return found;
      found.close();
    }
    return undefined;
  }

  #dropStale(nowMs: number): void {
    for (const connection of this.#idle.filter(({ usableUntilMs }) => nowMs >= usableUntilMs)) connection.close();
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
