import { errorMessage } from '../../../shared/errors/appError';
import { isRequestStep, type RequestStep, type Step } from '../../../shared/scenario/journeys';
import type { TriedBody, TriedJourney, TriedStep, TriedTiming } from '../../../shared/scenario/triedJourney';
import { bodyLength } from '../body/compiledBody';
import type { ConnectionCounts } from '../http/connectionCounters';
import type { Exchange } from '../http/exchange';
import { Answer } from '../journey/answer';
import type { CompiledStep, StepCheck } from '../journey/compiledStep';
import type { JourneyDependencies } from '../journey/journeyUser';
import type { JourneyIteration } from '../journey/journeyWorkload';
import type { WireBody } from '../workload/workload';
import type { SecretHider } from './secretHider';

/** How many characters of a body are searched for secrets, are kept, and are tested for being text. */
const maxLookedAt = 1024 * 1024;
const maxKept = 200_000;
const maxProbed = 1_000;

/** Whether bytes that were decoded as UTF-8 are not text. Text contains neither NUL nor bytes that can't be decoded. */
function isBinary(text: string): boolean {
  const probed = text.slice(0, maxProbed);
  return probed.includes('\0') || probed.includes('\uFFFD');
}

/** The options of a recorder of a try. */
interface TryRecorderOptions {
  /** The steps of the journey. */
  steps: readonly Step[];
  /** The origins of the servers by their numbers, such as `http://host:port`. */
  origins: readonly string[];
  hider: SecretHider;
  /** The connection counts since the last call. */
  flushConnections(): ConnectionCounts;
}

type Recorders = JourneyDependencies['recorder'] & JourneyDependencies['journeys'];

/** A body as text, from a string or from bytes. */
function textOf(body: WireBody): string {
  return typeof body === 'string' ? body : Buffer.concat(body).toString();
}

/**
 * Keeps everything that one virtual user sends and receives, whereas a load only counts it. It receives the same calls
 * as the recorders of a load. A response is a view of the connection's memory, so all of it is copied when the step
 * ends.
 */
export class TryRecorder implements Recorders {
  readonly #options: TryRecorderOptions;
  readonly #steps: TriedStep[] = [];
  #iteration: JourneyIteration | undefined;
  #step: CompiledStep | undefined;
  #failedChecks = new Set<StepCheck>();
  #missing = new Set<string>();

  constructor(options: TryRecorderOptions) {
    this.#options = options;
  }

  /** Notes the iteration that begins, and returns it. */
  begin(iteration: JourneyIteration): JourneyIteration {
    this.#iteration = iteration;
    return iteration;
  }

  sent(): void {
    this.#failedChecks = new Set();
    this.#missing = new Set();
  }

  checked(_step: CompiledStep, check: StepCheck, _intendedMs: number, ok: boolean): void {
    if (!ok) this.#failedChecks.add(check);
  }

  extractionFailed(_step: CompiledStep, variable: string): void {
    this.#missing.add(variable);
  }

  transferred(step: CompiledStep): void {
    this.#step = step;
  }

  completed(exchange: Exchange, failure: string | undefined): void {
    const step = this.#step;
    const iteration = this.#iteration;
    if (!step || !iteration) throw new RangeError('a response without a step');
    const place = iteration.steps.indexOf(step);
    const answer = exchange.response && new Answer(exchange.response);
    this.#steps.push({
      step: step.operation,
      place,
      request: this.#requestOf(exchange),
      response: this.#responseOf(exchange, answer),
      timing: this.#timingOf(exchange),
      failure: failure ?? null,
      checks: step.checks.map((check) => ({
        name: check.name,
        ok: !this.#failedChecks.has(check) && answer !== undefined,
        actual: answer ? actualOf(check, answer) : 'there was no response',
      })),
      extracted: answer ? this.#extractedBy(step, this.#stepAt(place), iteration) : [],
    });
  }

  iterationEnded(): void {}

  /** The result of the try, without secrets. */
  result(): TriedJourney {
    const { steps, hider } = this.#options;
    const hide = hider.everywhere();
    const tried = this.#steps.map((step) => hideInStep(step, hide));
    return {
      journey: this.#iteration?.journey ?? '',
      outcome: tried.some(({ failure }) => failure !== null) ? 'failed' : 'passed',
      steps: tried,
      planned: steps.filter(isRequestStep).length,
    };
  }

  #stepAt(place: number): RequestStep | undefined {
    const step = this.#options.steps[place];
    return step && isRequestStep(step) ? step : undefined;
  }

  #requestOf({ request }: Exchange): TriedStep['request'] {
    const { hider, origins } = this.#options;
    if (!request) throw new RangeError('an exchange without a request');
    const { method, head, body, origin } = request.wire;
    const [line = '', ...lines] = head.trimEnd().split('\r\n');
    const headers = lines.map((text) => {
      const colon = text.indexOf(':');
      return hider.header([text.slice(0, colon), text.slice(colon + 1).trim()]);
    });
    return {
      method,
      url: hider.url(`${origins[origin] ?? ''}${line.split(' ')[1] ?? ''}`),
      headers,
      body: body === undefined ? null : this.#bodyOf(textOf(body), bodyLength(body)),
    };
  }

  #responseOf({ response }: Exchange, answer: Answer | undefined): TriedStep['response'] {
    if (!response || !answer) return null;
    const { hider } = this.#options;
    const text = answer.text();
    return {
      status: response.status,
      headers: response.headers().map((header) => hider.header(header)),
      body:
        'problem' in text
          ? { text: '', isCut: false, bytes: response.bodyBytes, problem: text.problem }
          : this.#bodyOf(text.value, response.bodyBytes),
    };
  }

  #bodyOf(text: string, bytes: number): TriedBody {
    if (isBinary(text)) return { text: '', isCut: false, bytes, problem: 'the body is not text' };
    // Secrets are hidden before the text is cut, because half of a secret would not be found.
    const hidden = this.#options.hider.body(text.slice(0, maxLookedAt));
    return {
      text: hidden.slice(0, maxKept),
      isCut: text.length > maxLookedAt || hidden.length > maxKept,
      bytes,
      problem: null,
    };
  }

  #timingOf({ sentMs, writtenMs, firstByteMs, endedMs }: Exchange): TriedTiming {
    const { opened, connect, tls } = this.#options.flushConnections();
    const isWritten = writtenMs > 0;
    const isAnswered = firstByteMs > 0;
    return {
      blockedMs: isWritten ? writtenMs - sentMs : null,
      connectMs: opened > 0 ? connect.maxUs / 1000 : null,
      tlsMs: opened > 0 && tls.count > 0 ? tls.maxUs / 1000 : null,
      waitingMs: isAnswered ? firstByteMs - writtenMs : null,
      receivingMs: isAnswered ? endedMs - firstByteMs : null,
      totalMs: endedMs - sentMs,
    };
  }

  #extractedBy(
    { extractions }: CompiledStep,
    step: RequestStep | undefined,
    { variables }: JourneyIteration,
  ): TriedStep['extracted'] {
    return extractions.map(({ variable }) => ({
      variable,
      value: this.#missing.has(variable)
        ? null
        : this.#options.hider
            .extracted(variable, step?.extract[variable], String(variables[variable] ?? ''))
            .slice(0, maxKept),
    }));
  }
}

function actualOf(check: StepCheck, answer: Answer): string {
  try {
    return check.actual(answer);
  } catch (error) {
    // For example, a document is nested too deeply to be searched.
    return errorMessage(error);
  }
}

function hideInStep(step: TriedStep, hide: (text: string) => string): TriedStep {
  const inHeaders = (headers: TriedStep['request']['headers']): TriedStep['request']['headers'] =>
    headers.map(([name, value]) => [name, hide(value)]);
  const inBody = (body: TriedBody): TriedBody => ({ ...body, text: hide(body.text) });
  const { request, response, checks, extracted } = step;
  return {
    ...step,
    request: {
      ...request,
      url: hide(request.url),
      headers: inHeaders(request.headers),
      body: request.body && inBody(request.body),
    },
    response: response && {
      ...response,
      headers: inHeaders(response.headers),
      body: inBody(response.body),
    },
    checks: checks.map((check) => ({ ...check, actual: hide(check.actual) })),
    extracted: extracted.map(({ variable, value }) => ({ variable, value: value === null ? null : hide(value) })),
  };
}
