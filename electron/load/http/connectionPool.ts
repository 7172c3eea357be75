import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import { ConnectingAhead } from './connectingAhead';
import { Connection, type ConnectionEnd, type ConnectionEvents, type OpeningTimes } from './connection';
import type { ConnectionCounters } from './connectionCounters';
import { Deadlines } from './deadlines';
import type { ConnectionOwner, Exchange, ExchangeHolder, RequestFailure } from './exchange';
import { OpeningPace, openAtOnce } from './openingPace';
import type { Origin } from './origin';

/**
 * A connection counts as being opened until its first answer, at most for this time: the system accepts connections
 * for a server that is busy, and one that answers soon needs fewer of them than a moment of business seems to ask for.
 */
const provingMs = 10;

/** Methods whose requests may be sent twice (RFC 9110, 9.2.2). */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

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
  readonly #work: WorkTimer;
  readonly #book: ConnectionCounters;
  readonly #deadlines: Deadlines;
  /** The one that was used last at the end. */
  readonly #idle: Connection[] = [];
  /** Idle ones that have an owner. */
  readonly #owned = new Map<ConnectionOwner, Connection>();
  readonly #alive = new Set<Connection>();
  /** Those that are being opened for requests that wait, the oldest first; see {@link provingMs}. */
  readonly #opening = new Set<Connection>();
  readonly #waiting: Exchange[] = [];
  /** Requests that go over the wire a second time, for which only a fresh connection will do. */
  readonly #resending: Exchange[] = [];
  readonly #pace = new OpeningPace();
  /** How many of those that are alive have brought an answer. */
  #serving = 0;
  #ahead: ConnectingAhead | undefined;
  /** The address that accepted the first connection. */
  connectedAddress: string | undefined;

  constructor(origin: Origin, timeoutMs: number, clock: Clock, work: WorkTimer, book: ConnectionCounters) {
    this.#origin = origin;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#work = work;
    this.#book = book;
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
      connection.send(exchange, sentMs, true);
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
    if (shunned === 0) return undefined;
    const { hostname, port } = this.#origin;
    return `${hostname}:${port} closed ${shunned} new connections before it answered while it served others: it accepts no more at once, and requests that waited for a free connection have this wait in their response time`;
  }

  opened(connection: Connection, times: OpeningTimes): void {
    this.#book.opened(times);
    this.connectedAddress ??= connection.remoteAddress;
    if (this.#ahead?.noteOpened(connection)) this.#idle.push(connection);
    else this.#dispatch(connection, this.#resending.shift() ?? this.#waiting.shift(), false);
    if (!this.#opening.has(connection)) return;
    if (this.#wanted === 0) this.#opening.delete(connection);
    else this.#clock.wakeAt(this.#clock.nowMs() + provingMs, () => this.#prove(connection));
  }

  freed(connection: Connection): boolean {
    if (!connection.served) {
      this.#serving += 1;
      this.#pace.answered();
    }
    if (this.#opening.size > 0) this.#prove(connection);
    if (connection.owner) {
      this.#owned.set(connection.owner, connection);
      return false;
    }
    if (this.#wanted > 0) return true;
    this.#idle.push(connection);
    return false;
  }

  handBack(connection: Connection): void {
    // While no fresh connection can be had, one that has answered just now is the next best.
    const isPaused = this.#resending.length > 0 && this.#pace.atOnce(this.#clock.nowMs()) === 0;
    this.#dispatch(connection, (isPaused ? this.#resending.shift() : undefined) ?? this.#waiting.shift(), true);
    this.#openMore();
  }

  closed(connection: Connection, end: ConnectionEnd): void {
    this.#alive.delete(connection);
    this.#book.closed(end);
    if (connection.served) this.#serving -= 1;
    if (this.#serving === 0) this.#pace.forget();
    else if (end.shunned) this.#noteShunned();
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

  unanswered(connection: Connection, exchange: Exchange): boolean {
    // It breaks those that it serves as well: then it is not the number of connections that it breaks new ones for.
    if (connection.served) this.#pace.refute();
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

  #dispatch(connection: Connection, exchange: Exchange | undefined, reused: boolean): void {
    if (exchange) connection.send(exchange, this.#clock.nowMs(), reused);
    else this.#idle.push(connection);
  }

  #takeOwned(owner: ConnectionOwner | undefined, nowMs: number): Connection | undefined {
    if (!owner) return undefined;
    const own = this.#owned.get(owner);
    if (!own) return undefined;
    this.#owned.delete(owner);
    if (nowMs < own.usableUntilMs) return own;
    own.close();
    return undefined;
  }

  #takeIdle(nowMs: number): Connection | undefined {
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

  #prove(connection: Connection): void {
    if (this.#opening.delete(connection)) this.#openMore();
  }

  #noteShunned(): void {
    if (this.#pace.noteShunned(this.#clock.nowMs()))
      this.#clock.wakeAt(this.#pace.pausedUntilMs, () => this.#openMore());
  }

  /** Begins to open a connection for each request that waits and has none under way. */
  #openMore(): void {
    if (this.#wanted === 0) return;
    const atOnce = this.#pace.atOnce(this.#clock.nowMs());
    // One that is open and proves itself carries a request already: it is no help to those that wait.
    let connecting = 0;
    for (const { usable } of this.#opening) if (!usable) connecting += 1;
    for (; this.#opening.size < atOnce && connecting < this.#wanted; connecting += 1)
      this.#opening.add(this.#connect());
  }

  #connect(): Connection {
    const connection = new Connection(this.#origin, this.#clock, this.#work, this);
    this.#alive.add(connection);
    return connection;
  }
}
