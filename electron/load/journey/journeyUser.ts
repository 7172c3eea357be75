import type { Cell, TemplateValues } from '../../../shared/scenario/template';
import type { Cancel, Clock } from '../clock';
import type { Sender } from '../executors/executor';
import { type ConnectionOwner, Exchange } from '../http/exchange';
import { traceBytesOf } from '../http/traceContext';
import type { Recorder } from '../recorder';
import type { Answer } from './answer';
import { CompiledStep, concealValues, extractionFailed, type NoteCheck, type SizedRequest } from './compiledStep';
import { UserCookies } from './cookies';
import { type Hop, nextHop, type RedirectStop } from './followRedirect';
import type { IterationEnd } from './journeyCounters';
import type { JourneyRecorder } from './journeyRecorder';
import type { JourneyIteration, JourneyWorkload } from './journeyWorkload';

/** A client that can close the connections of one user and knows which redirects may be followed. */
export interface JourneySender extends Sender {
  /** Closes the idle connections of a user. */
  release(owner: ConnectionOwner): void;
  /**
   * The number of the server that a redirect leads to; undefined for a server that nobody has confirmed. `from` is the
   * number of the redirecting server.
   */
  originOf(url: URL, from: number): number | undefined;
}

/** What virtual users need for their journeys. */
export interface JourneyDependencies {
  clock: Clock;
  workload: Pick<
    JourneyWorkload,
    'state' | 'next' | 'files' | 'userNumber' | 'random' | 'resetsCookies' | 'closesConnections' | 'thinks'
  >;
  sender: JourneySender;
  recorder: Pick<Recorder, 'sent' | 'completed'>;
  journeys: Pick<JourneyRecorder, 'checked' | 'extractionFailed' | 'transferred' | 'iterationEnded'>;
  /**
   * Whether the intended send time of a step is the time at which it becomes due, so that delays of the generator are
   * part of the response time. In a closed model it is the actual send time, because there is no schedule to be late
   * for (docs/adr/026).
   */
  isScheduled: boolean;
}

/** How an iteration ended, for the caller that began it. `lost`: whether its last request got no response. */
export interface EndedIteration {
  user: JourneyUser;
  end: IterationEnd;
  endedMs: number;
  lost: boolean;
  /** The values for its placeholders, at its end. */
  variables: Readonly<Record<string, Cell>>;
}

/** A UUID of version 4 (RFC 9562, 5.4), from random numbers that the scenario's seed determines. */
function uuidOf(random: () => number): string {
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const variant = (8 + Math.floor(random() * 4)).toString(16);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(4)}${hex(8)}`;
}

const largestRandom = 2 ** 31;
const nothing: Readonly<Record<string, Cell>> = {};

/**
 * A virtual user with its own cookies and connections. It goes through one journey at a time, step by step. A step
 * becomes due when the step before it has its response and the think time has passed.
 */
export class JourneyUser implements ConnectionOwner {
  readonly number: number;
  readonly #with: JourneyDependencies;
  readonly #ended: (ended: EndedIteration) => void;
  readonly #cookies = new UserCookies();
  readonly #exchange = new Exchange((exchange) => this.#settled(exchange));
  #iteration: JourneyIteration | undefined;
  #step: CompiledStep | undefined;
  #target: string | undefined;
  #sentBytes = 0;
  /** How many redirects of the step were followed, and where the last of them led. */
  #followed = 0;
  #hopUrl: string | undefined;
  #next = 0;
  #startedMs = 0;
  #hasFailed = false;
  /** Values that earlier steps of the journey extracted from responses, and secrets from its rows. */
  readonly #taken: string[] = [];
  #isInterrupted = false;
  #cancelThinking: Cancel = () => {};
  #values: TemplateValues;
  readonly #url = (): string =>
    this.#hopUrl ?? `${this.#step?.origin}${this.#target ?? this.#step?.target(this.#values)}`;

  /** `ended` is called at the end of each iteration and may begin the next one. */
  constructor(number: number, dependencies: JourneyDependencies, ended: (ended: EndedIteration) => void) {
    this.number = number;
    this.#with = dependencies;
    this.#ended = ended;
    this.#exchange.owner = this;
    this.#values = { iteration: 0, row: {}, builtIn: (name) => this.#builtIn(name) };
  }

  /** Begins the next journey as soon as there are rows for it. `intendedMs` is its intended start. */
  begin(intendedMs: number): void {
    const { workload } = this.#with;
    const state = workload.state();
    if (state !== 'ready') {
      if (state === 'ended' || this.#isInterrupted) this.#leave(intendedMs);
      else this.#await(intendedMs);
      return;
    }
    const iteration = workload.next();
    this.#iteration = iteration;
    this.#values = { ...this.#values, iteration: iteration.number, row: iteration.variables };
    this.#next = 0;
    this.#startedMs = intendedMs;
    this.#hasFailed = false;
    this.#taken.length = 0;
    if (iteration.secrets.length > 0) this.#taken.push(...iteration.secrets);
    this.#goOn(intendedMs, false);
  }

  /** Waits until the rows of the next journey are read. */
  #await(intendedMs: number): void {
    const cancel = this.#with.workload.files?.whenChanged(() => {
      this.#cancelThinking = () => {};
      this.begin(intendedMs);
    });
    this.#cancelThinking = () => {
      cancel?.();
      this.#cancelThinking = () => {};
      this.#leave(intendedMs);
    };
  }

  /** Ends without beginning a journey. Nothing is counted. */
  #leave(endedMs: number): void {
    this.#ended({ user: this, end: 'interrupted', endedMs, lost: false, variables: nothing });
  }

  /** Stops sending. An iteration in progress ends at once, or with its request in flight. */
  interrupt(): void {
    this.#isInterrupted = true;
    this.#cancelThinking();
  }

  /** Continues with the next step, which becomes due at `dueMs`. */
  #goOn(dueMs: number, lost: boolean): void {
    const step = this.#iteration?.steps[this.#next];
    if (this.#isInterrupted) this.#end('interrupted', dueMs, lost);
    else if (step === undefined) this.#end(this.#hasFailed ? 'failed' : 'completed', dueMs, lost);
    else {
      this.#next += 1;
      if (step instanceof CompiledStep) this.#send(step, dueMs);
      else if (this.#with.workload.thinks) this.#think(dueMs, dueMs + step());
      else this.#goOn(dueMs, lost);
    }
  }

  #think(fromMs: number, untilMs: number): void {
    const cancel = this.#with.clock.wakeAt(untilMs, () => {
      this.#cancelThinking = () => {};
      this.#goOn(untilMs, false);
    });
    this.#cancelThinking = () => {
      cancel();
      this.#cancelThinking = () => {};
      this.#goOn(fromMs, false);
    };
  }

  #send(step: CompiledStep, dueMs: number): void {
    this.#step = step;
    this.#followed = 0;
    this.#hopUrl = undefined;
    const isConstant = step.constant !== undefined && this.#cookies.isEmpty;
    // A constant request needs its target only for cookies, and then `#url` determines it.
    this.#target = isConstant ? undefined : step.target(this.#values);
    const request =
      (isConstant ? step.constant : undefined) ?? step.write(this.#values, this.#target, this.#cookieHeader(step));
    this.#dispatch(request, dueMs);
  }

  /** Sends a request of a step, which becomes due at `dueMs`. */
  #dispatch(request: SizedRequest, dueMs: number): void {
    const { clock, recorder, sender, isScheduled } = this.#with;
    const sentMs = clock.nowMs();
    const intendedMs = isScheduled ? dueMs : sentMs;
    this.#sentBytes = request.bytes;
    this.#exchange.begin(request, intendedMs, sentMs);
    recorder.sent(intendedMs, sentMs);
    sender.send(this.#exchange);
  }

  /**
   * The value of the `Cookie` header: the cookies that the step sets, for its own server only, and the user's other
   * cookies.
   */
  #cookieHeader({ cookies }: CompiledStep, isOwnServer = true): string {
    const named = isOwnServer ? cookies : undefined;
    const own = named?.fill(this.#values, (value) => value.replace(/[\r\n\0]+/g, ' ')) ?? '';
    const kept = this.#cookies.headerFor(this.#url);
    if (own === '' || kept === '') return own + kept;
    const names = new Set(own.split(';').map((cookie) => cookie.split('=')[0]?.trim()));
    return [own, ...kept.split('; ').filter((cookie) => !names.has(cookie.split('=')[0]))].join('; ');
  }

  #settled(exchange: Exchange): void {
    const { recorder, journeys } = this.#with;
    const { intendedMs, endedMs, response } = exchange;
    const step = this.#step;
    if (!step) throw new RangeError('a response without a step');
    const hop = step.maxRedirects > 0 ? this.#hopAfter(step, exchange) : undefined;
    if (hop && 'to' in hop) {
      this.#follow(step, exchange, hop);
      return;
    }
    const note: NoteCheck = (of, check, ok, example) =>
      journeys.checked(of, check, intendedMs, ok, () => concealValues(this.#taken)(example()));
    const judged = step.judge(response, exchange.failure, note, hop);
    if (judged.failure === 'redirected') step.hideInRedirect(this.#taken);
    if (response) this.#cookies.keep(response.values('set-cookie'), this.#url);
    const missing = judged.answer !== undefined && !this.#extract(step, judged.answer);
    const failure = judged.failure ?? (missing ? (judged.answer?.fault ?? extractionFailed) : undefined);
    const decodedBytes = judged.answer?.decodedBytes ?? 0;
    const sentBytes = exchange.sentBytes ?? this.#sentBytes + traceBytesOf(exchange);
    journeys.transferred(step, intendedMs, sentBytes, response?.receivedBytes ?? 0, decodedBytes);
    recorder.completed(exchange, failure);
    const lost = exchange.failure !== undefined;
    if (failure !== undefined) {
      this.#hasFailed = true;
      if (step.endsOnFailure) this.#next = Number.POSITIVE_INFINITY;
    }
    this.#goOn(endedMs, lost);
  }

  #hopAfter({ maxRedirects: max }: CompiledStep, { response, request }: Exchange): Hop | RedirectStop | undefined {
    if (!response || !request) return undefined;
    const originOf = (to: URL): number | undefined => this.#with.sender.originOf(to, request.wire.origin);
    return nextHop(response, { from: this.#url(), followed: this.#followed, max, originOf });
  }

  /** Follows a redirect, with the cookies that it sets. The redirected request counts as a success. */
  #follow(step: CompiledStep, exchange: Exchange, hop: Hop): void {
    const { recorder, journeys } = this.#with;
    const { intendedMs, endedMs, response, request } = exchange;
    if (!response || !request) throw new RangeError('a redirect without a response');
    this.#cookies.keep(response.values('set-cookie'), this.#url);
    const from = this.#url();
    this.#hopUrl = hop.to.href;
    const cookies = this.#cookieHeader(step, hop.to.origin === step.origin);
    const next = step.redirected({ wire: request.wire, status: response.status, from, ...hop }, this.#values, cookies);
    const sentBytes = exchange.sentBytes ?? this.#sentBytes + traceBytesOf(exchange);
    journeys.transferred(step, intendedMs, sentBytes, response.receivedBytes, 0);
    recorder.completed(exchange, undefined);
    this.#followed += 1;
    if (this.#isInterrupted) this.#end('interrupted', endedMs, false);
    else this.#dispatch(next, endedMs);
  }

  /** Fills the variables of a step from its response. Returns whether all values were found. */
  #extract(step: CompiledStep, answer: Answer): boolean {
    const variables: Record<string, Cell> = this.#iteration?.variables ?? {};
    let hasAll = true;
    for (const { variable, find } of step.extractions) {
      const value = find(answer, (name) => this.#cookies.valueOf(name, this.#url));
      if (value !== undefined) {
        variables[variable] = value;
        this.#taken.push(value);
        continue;
      }
      hasAll = false;
      this.#with.journeys.extractionFailed(step, variable);
    }
    return hasAll;
  }

  #end(end: IterationEnd, endedMs: number, lost: boolean): void {
    const { workload, sender, journeys } = this.#with;
    const { journey = '', variables = nothing } = this.#iteration ?? {};
    journeys.iterationEnded(journey, end, this.#startedMs, endedMs);
    this.#iteration = undefined;
    if (workload.resetsCookies) this.#cookies.reset();
    if (workload.closesConnections) sender.release(this);
    this.#ended({ user: this, end, endedMs, lost, variables });
  }

  #builtIn(name: string): Cell {
    const { random } = this.#with.workload;
    switch (name) {
      case 'vu':
        return this.number;
      case 'uuid':
        return uuidOf(random);
      case 'now':
        return Date.now();
      case 'random':
        return Math.floor(random() * largestRandom);
      default:
        return '';
    }
  }
}
