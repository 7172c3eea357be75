import type { ConnectionEnd, ConnectionEvents, PooledConnection } from '../../electron/load/http/connection';
import type { ConnectionOwner, Exchange, RequestFailure } from '../../electron/load/http/exchange';
import { httpResponse } from './factories';
import type { VirtualClock } from './virtualClock';

/** A server of HTTP connections on a virtual clock. All times in ms. */
export interface ServerPlan {
  /** How many requests it handles at once; the others wait in one queue. */
  workers: number;
  handlingMs: number;
  /** How long it handles each n-th request instead; undefined where all are alike. */
  slow?: { nth: number; handlingMs: number };
  maxConnections: number;
  /** How often it has a place more: one that is busy accepts connections one by one. Undefined for never. */
  placesEveryMs?: number;
  /** After so many requests it closes a connection without having announced that. */
  requestsPerConnection?: number;
  /**
   * What becomes of a connection beyond these: it is closed; it is accepted in the place of those that have been idle
   * longest, and closed where none is (nginx, ngx_drain_connections); it is accepted when another one ends (Apache).
   */
  beyond: 'closes' | 'drains' | 'waits';
  /** When it stands still. */
  stall: { fromMs: number; toMs: number };
  /** When it resets all of its connections; undefined for never. */
  resetMs: number | undefined;
}

const networkMs = 0.1;
/** So many idle connections nginx closes at once for a new one. */
export const drainedAtOnce = 32;
/** What the generator's processor does for a connection that it opens, and for a request or an answer. */
const openingCostMs = 0.05;
const messageCostMs = 0.01;

/** A request that the server has not answered yet; it does not notice when its client gives up. */
interface Job {
  connection: SimulatedConnection;
  exchange: Exchange;
}

/** A server that {@link SimulatedConnection}s talk to. */
export class SimulatedServer {
  readonly clock: VirtualClock;
  readonly #plan: ServerPlan;
  readonly #queue: Job[] = [];
  /** Connections whose requests have come and are not answered. */
  readonly #jobs = new Set<SimulatedConnection>();
  readonly #held = new Set<SimulatedConnection>();
  readonly #unaccepted: SimulatedConnection[] = [];
  #places: number;
  #busy = 0;
  #taken = 0;
  /** How many connections were opened to it, and how many of these it closed because it holds no more. */
  opened = 0;
  refused = 0;
  /** How many idle ones it closed for others. */
  drained = 0;

  constructor(clock: VirtualClock, plan: ServerPlan) {
    this.clock = clock;
    this.#plan = plan;
    this.#places = plan.maxConnections;
    clock.wakeAt(plan.stall.toMs, () => this.#work());
    if (plan.placesEveryMs !== undefined) this.#addPlaces(plan.placesEveryMs);
    if (plan.resetMs !== undefined) clock.wakeAt(plan.resetMs, () => this.#reset());
  }

  /** Opens a connection, as the pool asks for it. */
  connect(events: ConnectionEvents): SimulatedConnection {
    this.opened += 1;
    return new SimulatedConnection(this, events);
  }

  /** A connection has reached the server. Returns whether it is read from now on. */
  accept(connection: SimulatedConnection): boolean {
    if (this.#plan.beyond === 'drains' && this.#held.size >= this.#plan.maxConnections) this.#drain();
    if (this.#held.size < this.#places) {
      this.#held.add(connection);
      return true;
    }
    if (this.#plan.beyond === 'waits') this.#unaccepted.push(connection);
    else {
      this.refused += 1;
      connection.breakOff('connection-closed');
    }
    return false;
  }

  /** A connection has ended; the next one that waits takes its place. */
  release(connection: SimulatedConnection): void {
    if (!this.#held.delete(connection)) return;
    for (let next = this.#unaccepted.shift(); next; next = this.#unaccepted.shift()) {
      if (next.isClosed) continue;
      next.arrive();
      return;
    }
  }

  /** A request has come. */
  take(job: Job): void {
    this.#jobs.add(job.connection);
    this.#queue.push(job);
    this.#work();
  }

  #addPlaces(everyMs: number): void {
    this.clock.wakeAt(this.clock.nowMs() + everyMs, () => {
      this.#places += 1;
      let next = this.#unaccepted.shift();
      while (next?.isClosed) next = this.#unaccepted.shift();
      if (!next) return;
      next.arrive();
      this.#addPlaces(everyMs);
    });
  }

  /** Closes connections that have been idle longest, as far as the server knows. */
  #drain(): void {
    const busy = new Set(this.#jobs);
    const idle = [...this.#held].filter((connection) => connection.served && !busy.has(connection));
    idle.sort((a, b) => a.answeredMs - b.answeredMs);
    for (const connection of idle.slice(0, drainedAtOnce)) {
      this.drained += 1;
      connection.breakOff('connection-closed');
    }
  }

  #isStill(nowMs: number): boolean {
    return nowMs >= this.#plan.stall.fromMs && nowMs < this.#plan.stall.toMs;
  }

  #work(): void {
    const { workers, slow, stall } = this.#plan;
    const nowMs = this.clock.nowMs();
    if (this.#isStill(nowMs)) return;
    for (let job = this.#queue[0]; job && this.#busy < workers; job = this.#queue[0]) {
      this.#queue.shift();
      this.#busy += 1;
      this.#taken += 1;
      const { connection, exchange } = job;
      const handlingMs = slow && this.#taken % slow.nth === 0 ? slow.handlingMs : this.#plan.handlingMs;
      const isCaught = nowMs < stall.fromMs && nowMs + handlingMs > stall.fromMs;
      const endsMs = nowMs + handlingMs + (isCaught ? stall.toMs - stall.fromMs : 0);
      this.clock.wakeAt(endsMs, () => {
        this.#busy -= 1;
        this.#jobs.delete(connection);
        connection.answer(exchange);
        if (connection.answers === this.#plan.requestsPerConnection) connection.breakOff('connection-closed');
        this.#work();
      });
    }
  }

  #reset(): void {
    for (const connection of [...this.#held]) connection.breakOff('connection-reset');
  }
}

/** A connection to a {@link SimulatedServer}, which tells its pool what a real one would. */
export class SimulatedConnection implements PooledConnection {
  readonly startedMs: number;
  readonly remoteAddress = '127.0.0.1';
  readonly usableUntilMs = Number.POSITIVE_INFINITY;
  owner: ConnectionOwner | undefined;
  usable = false;
  served = false;
  answeredMs = Number.NEGATIVE_INFINITY;
  answers = 0;
  isClosed = false;
  readonly #server: SimulatedServer;
  readonly #events: ConnectionEvents;
  #isAccepted = false;
  #reused = false;
  #exchange: Exchange | undefined;

  constructor(server: SimulatedServer, events: ConnectionEvents) {
    this.#server = server;
    this.#events = events;
    this.startedMs = server.clock.nowMs();
    server.clock.spend(openingCostMs);
    this.#later(() => this.#open());
  }

  send(exchange: Exchange, writtenMs: number, reused: boolean): void {
    this.#server.clock.spend(messageCostMs);
    this.#exchange = exchange;
    this.#reused = reused;
    this.owner = exchange.owner;
    exchange.holder = this;
    exchange.writtenMs = writtenMs;
    if (this.#isAccepted) this.#later(() => this.#server.take({ connection: this, exchange }));
  }

  giveUp(_exchange: Exchange, _nowMs: number): void {
    this.#end('timeout', { lost: false, shunned: false, abrupt: false });
  }

  close(): void {
    this.#end('not-finished', { lost: false, shunned: false, abrupt: false });
  }

  /** The server looks at the connection. */
  arrive(): void {
    this.#isAccepted = this.#server.accept(this);
    const exchange = this.#exchange;
    if (this.#isAccepted && exchange) this.#server.take({ connection: this, exchange });
  }

  /** The server answers a request, if it is still asked. */
  answer(exchange: Exchange): void {
    if (this.isClosed || this.#exchange !== exchange) return;
    const { clock } = this.#server;
    clock.spend(messageCostMs);
    this.#exchange = undefined;
    exchange.firstByteMs = clock.nowMs();
    exchange.endedMs = clock.nowMs();
    exchange.response = httpResponse();
    this.answeredMs = clock.nowMs();
    this.answers += 1;
    const isWanted = this.#events.freed(this, exchange);
    this.served = true;
    this.#events.settled(exchange);
    if (isWanted && !this.isClosed) this.#events.handBack(this);
  }

  /** The server ends the connection. */
  breakOff(failure: RequestFailure): void {
    const exchange = this.#exchange;
    const abrupt = this.#server.clock.nowMs() < this.answeredMs + 100;
    if (exchange && this.#reused && this.#events.unanswered(this, exchange, abrupt)) this.#exchange = undefined;
    const shunned = !this.served && !(exchange?.resent ?? false);
    this.#end(failure, { lost: this.#exchange !== undefined, shunned, abrupt });
  }

  #open(): void {
    this.usable = true;
    this.#events.opened(this, { lookupMs: undefined, connectMs: networkMs, tlsMs: undefined });
    this.#later(() => this.arrive());
  }

  /** Does something after the way over the network, if the connection still is there. */
  #later(work: () => void): void {
    const { clock } = this.#server;
    clock.wakeAt(clock.nowMs() + networkMs, () => {
      if (!this.isClosed) work();
    });
  }

  #end(failure: RequestFailure, end: Omit<ConnectionEnd, 'opened' | 'failure' | 'error'>): void {
    if (this.isClosed) return;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    const opened = this.usable;
    this.isClosed = true;
    this.usable = false;
    this.#events.closed(this, { opened, failure, error: undefined, ...end });
    this.#server.release(this);
    if (!exchange) return;
    exchange.endedMs = this.#server.clock.nowMs();
    exchange.failure = failure;
    this.#events.settled(exchange);
  }
}
