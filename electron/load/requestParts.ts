import type { PartProfile } from '../../shared/attribution/partProfile';
import { type ClientPart, longestInner } from '../../shared/attribution/parts';
import type { Exchange } from './http/exchange';
import type { ValueVisitor } from './http/responseHead';
import { SeenTexts } from './http/seenTexts';
import { type TimingVisitor, visitServerTiming } from './serverTimingHeader';

/** The maximum number of metric names that are kept as text. */
const keptNames = 64;

/**
 * Splits the response time of requests into parts on the client's clock. The client knows only the total time until the
 * first byte; `Server-Timing` divides it. If a service reports its whole time (`handler` or `total`) and, in `loop`,
 * how long its event loop kept the request waiting, the rest is network. Without `loop`, the rest is network and
 * waiting for the handler. If a service reports only parts, the rest can be either and is recorded as unattributed.
 * `loop` is how long the event loop had been busy when the handler began; a request waited for it at most as long as it
 * was outside the handler. Parts are recorded as the service sent them. Where they are longer than what contains them,
 * the rest is negative, and all parts add up to the response time (shared/attribution/overlap.ts reads this). Splitting
 * a request allocates nothing.
 */
export class RequestParts {
  readonly #sink: TimingVisitor;
  readonly #names = new SeenTexts(keptNames);
  readonly #visitValue: ValueVisitor = (bytes, from, to) =>
    visitServerTiming(bytes, from, to, this.#names, this.#visit);
  #profile: PartProfile | undefined;
  /** Negative when the service does not send it, as is {@link #loopUs}. */
  #wholeUs = -1;
  #loopUs = -1;
  #innerUs = 0;
  #longestUs = 0;

  /** `sink` receives each metric of `Server-Timing`, for its own distribution. */
  constructor(sink: TimingVisitor) {
    this.#sink = sink;
  }

  /** Records a successful request. Durations are whole microseconds (see recorder.ts). */
  record(
    profile: PartProfile,
    { response }: Exchange,
    sendWaitUs: number,
    blockedUs: number,
    waitingUs: number,
    receivingUs: number,
  ): void {
    this.#profile = profile;
    this.#wholeUs = -1;
    this.#loopUs = -1;
    this.#innerUs = 0;
    this.#longestUs = 0;
    response?.visitValues('server-timing', this.#visitValue);
    profile.add('send_wait', sendWaitUs);
    profile.add('connect', blockedUs);
    profile.add('receive', receivingUs);
    profile.add(longestInner, this.#longestUs);
    if (this.#wholeUs >= 0) profile.add('server.handler', this.#wholeUs - this.#innerUs);
    const outsideUs = waitingUs - (this.#wholeUs >= 0 ? this.#wholeUs : this.#innerUs);
    const loopUs = Math.max(0, Math.min(this.#loopUs, outsideUs));
    profile.add('server.loop', loopUs);
    profile.add(this.#restPart(), outsideUs - loopUs);
    profile.record(sendWaitUs + blockedUs + waitingUs + receivingUs);
  }

  #restPart(): ClientPart {
    if (this.#wholeUs < 0) return 'unattributed';
    return this.#loopUs < 0 ? 'network_and_waiting' : 'network';
  }

  readonly #visit: TimingVisitor = (name, durationUs) => {
    this.#sink(name, durationUs);
    if (name === 'handler' || name === 'total') {
      this.#wholeUs = Math.max(this.#wholeUs, durationUs);
    } else if (name === 'loop') {
      this.#loopUs = durationUs;
    } else {
      this.#innerUs += durationUs;
      this.#longestUs = Math.max(this.#longestUs, durationUs);
      this.#profile?.addServerPart(name, durationUs);
    }
  };
}
