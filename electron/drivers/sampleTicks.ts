import type { SinglePlan } from '../load/loadPlan';
import type { LoadTick } from '../load/protocol';
import { arrivalCounter } from '../load/schedule/arrivals';
import { alignedListener } from './alignedListener';
import { SampleCounters } from './sampleCounters';
import type { ToolListener, ToolRequest, ToolSeveral } from './toolEvents';

const tickMs = 250;
/**
 * How long a tick waits for its samples, in ms. k6 writes its samples five times a second, Artillery's plugin ten
 * times. Later samples count in the next tick.
 */
export const holdBackMs = 1_000;

/** How samples become ticks, and who receives them. */
export interface SampleOptions {
  plan: SinglePlan;
  warmupMs: number;
  /** Whether the load has iterations in addition to its requests. */
  hasJourneys: boolean;
  /** Whether the tools report when a request is sent, so that the number of requests in flight is known. */
  tellsSends: boolean;
  /** How long a tick waits for its samples, in ms; {@link holdBackMs} by default. */
  holdBackMs?: number;
  onTick(tick: LoadTick): void;
}

/**
 * Turns the single requests that tools report into ticks, as a load process reports them. Each request counts in the
 * quarter of a second in which it ended, by the tools' own clock. Samples of several tools become one tick.
 * Distributions contain all requests, and no percentile is ever averaged.
 */
export class SampleTicks {
  readonly #options: SampleOptions;
  readonly #ticks = new Map<number, SampleCounters>();
  readonly #asked: ((elapsedMs: number) => number) | undefined;
  readonly #firstIndex: number;
  #startMs: number | undefined;
  #nextIndex: number;
  #inFlight = 0;
  #lastEndedMs = 0;
  #endMs: number;
  /** How much later than the first process the last one began. */
  #mostBehindMs = 0;
  /** Iterations that have begun in the measured part and not ended, by journey. */
  readonly #unended = new Map<string, number>();

  /** What a process reports, with times that count from the start of the first one. */
  readonly #events: ToolListener = {
    started: () => {},
    sent: (atMs, isWarmup) => {
      const counters = this.#countersAt(atMs, isWarmup);
      if (counters) counters.sent += 1;
      else this.#inFlight += 1;
    },
    ended: (request) => this.#ended(request),
    phase: (phase) => this.#countersOf(this.#elapsed(phase.endedMs), phase.isWarmup)?.phase(phase),
    dropped: (atMs, count) => {
      const counters = this.#countersAt(atMs);
      if (counters) counters.dropped += count;
    },
    iterationBegan: (journey, atMs, isWarmup) => this.#began(journey, atMs, isWarmup),
    iterationEnded: (journey, startedMs, endedMs, several) =>
      this.#iterationEnded(journey, startedMs, endedMs, several),
    checked: (atMs, operation, check, ok, several) =>
      this.#countersFrom(atMs, atMs, several)?.journeys.checked(operation, check, ok, several?.times),
    wasLate: (atMs, loopDelayMs) => this.#countersAt(atMs)?.delay(loopDelayMs),
  };

  constructor(options: SampleOptions) {
    const { plan, warmupMs } = options;
    this.#options = options;
    this.#asked = plan.model === 'open' ? arrivalCounter(plan.arrivals()) : undefined;
    this.#firstIndex = 1 - Math.floor(warmupMs / tickMs);
    this.#nextIndex = this.#firstIndex;
    this.#endMs = plan.totalMs;
  }

  /** When the load began; undefined before. */
  get startMs(): number | undefined {
    return this.#startMs;
  }

  /** From the start of the load to the end of its last request. */
  get lastEndedMs(): number {
    return this.#lastEndedMs;
  }

  /** The listener for one process of a tool. */
  listener(): ToolListener {
    return alignedListener(this.#events, (atMs) => {
      this.#startMs ??= atMs;
      const behindMs = atMs - this.#startMs;
      this.#mostBehindMs = Math.max(this.#mostBehindMs, behindMs);
      return behindMs;
    });
  }

  #ended(request: ToolRequest): void {
    const startedMs = this.#elapsed(request.startedMs);
    const endedMs = this.#elapsed(request.endedMs);
    const isWarmup = request.isWarmup ?? startedMs < this.#options.warmupMs;
    const counters = this.#countersOf(endedMs, isWarmup);
    // The warm-up is over and reported. Its late requests count no more, and are no longer under way.
    if (!counters) {
      this.#inFlight = Math.max(0, this.#inFlight - (request.times ?? 1));
      return;
    }
    if (!isWarmup) this.#lastEndedMs = Math.max(this.#lastEndedMs, endedMs);
    if (!this.#options.tellsSends) counters.sent += request.times ?? 1;
    counters.end(request, isWarmup ? undefined : this.#stageOf(startedMs), !isWarmup && endedMs > this.#endMs);
  }

  #began(journey: string, atMs: number, isWarmup = this.#elapsed(atMs) < this.#options.warmupMs): void {
    if (!isWarmup) this.#unended.set(journey, (this.#unended.get(journey) ?? 0) + 1);
  }

  #iterationEnded(journey: string, startedMs: number, endedMs: number, several?: ToolSeveral): void {
    const counters = this.#countersFrom(startedMs, endedMs, several);
    if (!counters) return;
    const { times } = several ?? { times: 1 };
    this.#unended.set(journey, (this.#unended.get(journey) ?? 0) - times);
    counters.journeys.ended(journey, 'completed', endedMs - startedMs, times);
  }

  /** The counters for what began and ended at these times. Undefined for the warm-up, of which only requests count. */
  #countersFrom(startedMs: number, endedMs: number, several?: ToolSeveral): SampleCounters | undefined {
    if (several?.isWarmup ?? this.#elapsed(startedMs) < this.#options.warmupMs) return undefined;
    return this.#countersOf(this.#elapsed(endedMs), false);
  }

  /** Notes that the load was stopped before its planned end. Requests that end later are late. */
  endEarly(atMs: number): void {
    if (this.#startMs !== undefined) this.#endMs = Math.min(this.#endMs, Math.max(0, atMs - this.#startMs));
  }

  /** Reports the ticks that no longer wait for samples. */
  advance(nowMs: number): void {
    if (this.#startMs === undefined) return;
    const { warmupMs, holdBackMs: heldMs = holdBackMs } = this.#options;
    const until = Math.floor((this.#elapsed(nowMs - heldMs - this.#mostBehindMs) - warmupMs) / tickMs);
    while (this.#nextIndex <= until) this.#report();
  }

  /**
   * Reports all that is left when the tools have ended. Iterations that did not complete have failed, or were cut off
   * if the load was stopped.
   */
  finish(wasStopped: boolean): void {
    const last = Math.max(0, this.#nextIndex, ...this.#ticks.keys());
    for (const [journey, count] of this.#unended)
      if (count > 0) this.#open(last)?.journeys.ended(journey, wasStopped ? 'interrupted' : 'failed', 0, count);
    while (this.#startMs !== undefined && this.#nextIndex <= last) this.#report();
  }

  /** The time from the start of the load. */
  #elapsed(atMs: number): number {
    return atMs - (this.#startMs ?? atMs);
  }

  /** The number of the tick that contains a time. The time counts from the start of the load. */
  #indexOf(elapsedMs: number): number {
    return Math.max(this.#firstIndex, Math.ceil((elapsedMs - this.#options.warmupMs) / tickMs));
  }

  /** The counters of a tick, or of the next tick that is still open. Undefined for a warm-up that is over. */
  #open(index: number): SampleCounters | undefined {
    if (index <= 0 && this.#nextIndex > 0) return undefined;
    const open = Math.max(index, this.#nextIndex);
    const counters = this.#ticks.get(open) ?? new SampleCounters();
    this.#ticks.set(open, counters);
    return counters;
  }

  /** The counters for what ended at a time since the start. The warm-up and the measured part stay apart. */
  #countersOf(elapsedMs: number, isWarmup: boolean): SampleCounters | undefined {
    const index = this.#indexOf(elapsedMs);
    return this.#open(isWarmup ? Math.min(0, index) : Math.max(1, index));
  }

  /**
   * The counters for what happened at a time. Its time decides whether it belongs to the warm-up if nothing else does.
   * Undefined for a warm-up that is over.
   */
  #countersAt(atMs: number, isWarmup?: boolean): SampleCounters | undefined {
    const elapsedMs = this.#elapsed(atMs);
    return isWarmup === undefined ? this.#open(this.#indexOf(elapsedMs)) : this.#countersOf(elapsedMs, isWarmup);
  }

  #stageOf(startedMs: number): string | undefined {
    const { stageEndsMs } = this.#options.plan;
    if (stageEndsMs.length === 0) return undefined;
    const stage = stageEndsMs.findIndex((endMs) => startedMs < endMs);
    return String(stage < 0 ? stageEndsMs.length - 1 : stage);
  }

  #report(): void {
    const { warmupMs, hasJourneys, tellsSends, onTick } = this.#options;
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    const counters = this.#ticks.get(index) ?? new SampleCounters();
    this.#ticks.delete(index);
    const elapsedMs = warmupMs + index * tickMs;
    // The first tick of a warm-up also covers the remainder that is shorter than a tick.
    const durationMs = index === this.#firstIndex && index <= 0 ? elapsedMs : tickMs;
    this.#inFlight = Math.max(0, this.#inFlight + counters.sent - counters.ended);
    onTick({
      index,
      durationMs,
      elapsedMs,
      warmup: index <= 0,
      draining: elapsedMs - durationMs >= this.#endMs,
      asked: this.#asked?.(Math.min(elapsedMs, this.#endMs)) ?? null,
      inFlight: tellsSends ? this.#inFlight : null,
      ...counters.counts(),
      ...(hasJourneys ? { journeys: counters.journeys.flush() } : {}),
    });
  }
}
