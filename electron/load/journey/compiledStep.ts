import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import type { UrlTarget } from '../../../shared/run/target';
import type { StatusRange } from '../../../shared/scenario/journeys';
import { maxRedirectsOf } from '../../../shared/scenario/redirects';
import { isRedirect } from '../../../shared/scenario/requests';
import { checkName, type NamedStep } from '../../../shared/scenario/steps';
import type { SecretOf, Template, TemplateValues } from '../../../shared/scenario/template';
import { concealerOf } from '../../../shared/secrets/conceal';
import { hide, redacted } from '../../../shared/secrets/redact';
import { secretNamesIn } from '../../../shared/secrets/reference';
import { replaceInBody } from '../../../shared/secrets/replaceSecrets';
import { printableLine } from '../../../shared/text/printable';
import { bodyLength } from '../body/compiledBody';
import { requireDecoders } from '../body/requireDecoders';
import type { HttpResponse } from '../http/responseParser';
import { describeRedirect, requestRemedy, stepRemedy } from '../workload/redirect';
import { partsOf, type RequestDependencies, type RequestParts, RequestText } from '../workload/requestText';
import type { PlannedRequest, WireRequest } from '../workload/workload';
import { Answer } from './answer';
import { type CompiledCheck, compileCheck, type Found, statusMatcher } from './checks';
import { type CompiledExtraction, compileExtraction } from './extractions';
import { type Redirected, type RedirectStop, redirectedRequest } from './followRedirect';

/** The failure kind of a step whose response lacks the value of a variable. */
export const extractionFailed = 'extraction-failed';

/** The failure kind of a request that was still in flight when the load ended. */
const cutOff = 'not-finished';

/** A check of a step, with the name under which it is counted. */
export interface StepCheck extends CompiledCheck {
  name: string;
}

/** A request of a step. {@link CompiledStep.judge} judges its response, because it returns more than a failure kind. */
export interface SizedRequest extends PlannedRequest {
  /** Its length on the wire, in bytes. */
  bytes: number;
}

const noCheck = (): undefined => undefined;

/** An extraction of a step, with the variable that it fills. */
interface StepExtraction extends CompiledExtraction {
  variable: string;
}

/** The result of judging a response. */
export interface Judgement {
  /** The failure kind; undefined for a correct response. */
  failure: string | undefined;
  /** The response, from which variables are extracted; undefined when there was none. */
  answer: Answer | undefined;
}

/**
 * Receives the result of each check. `example` describes what the response had instead of the expected value. It is
 * called only for a failed check, and only when the description is needed.
 */
export type NoteCheck = (step: CompiledStep, check: StepCheck, ok: boolean, example: () => string) => void;

/** The inputs for compiling steps. */
export interface StepContext {
  target: Pick<UrlTarget, 'url' | 'headers'>;
  secretOf: SecretOf;
  /** Compiles a text with placeholders. */
  compile(text: string): Template;
  dependencies: RequestDependencies;
  /** The number of a server among those of the workload. */
  originNumber(parts: RequestParts): number;
}

/**
 * For the example of a failed check: how many characters of a body are searched for secrets, and how many are shown.
 */
const maxLookedAt = 16 * 1024;
const maxShown = 300;

/** A URL that begins with a placeholder. The value is a link, so it is not percent-encoded like a part of a path. */
const linkPattern = /^\{\{\s*([A-Za-z_][A-Za-z0-9_-]*(?:\.[\w.-]+)?)\s*\}\}(.*)$/;

/**
 * Path and query of a link to `origin`. Undefined for a link to another server, because the load was not admitted
 * there.
 */
function linkTarget(link: string, origin: string): string | undefined {
  if (!URL.canParse(link, origin)) return undefined;
  const url = new URL(link, origin);
  return url.origin === origin ? `${url.pathname}${url.search}` : undefined;
}

const byDefault: readonly StatusRange[] = [{ min: 200, max: 299 }];

/** A step that sends a request. Its constant parts are compiled once. */
export class CompiledStep {
  readonly journey: string;
  readonly operation: string;
  readonly endsOnFailure: boolean;
  readonly keepsBody: boolean;
  readonly text: RequestText;
  readonly checks: readonly StepCheck[];
  readonly extractions: readonly StepExtraction[];
  /** The maximum number of redirects that the step follows. */
  readonly maxRedirects: number;
  /** The origin of the server, to which the path is appended. */
  readonly origin: string;
  /** The `Cookie` header that the step itself sets; undefined when it sets none. */
  readonly cookies: Template | undefined;
  /** The whole request when it has no placeholders. The cookies of a user may still have to be added. */
  readonly constant: SizedRequest | undefined;
  readonly #link: { variable: string; rest: Template } | undefined;
  readonly #parts: RequestParts;
  readonly #hasStatusCheck: boolean;
  /** Whether a status is a success when no check tests the status. */
  readonly #isRight: (status: number) => boolean;
  readonly #isRequest: boolean;
  /** The names of headers that contain secrets, in lower case. */
  readonly #secretHeaders: ReadonlySet<string>;
  #redirect: string | undefined;
  #isRedirectHidden = false;

  /**
   * `shown` is the same step without secrets; the names of the step and of its checks come from it. `rightStatuses` are
   * the success statuses of a single request. Throws `usage` for a check or an extraction that can't be compiled, and
   * for an invalid URL.
   */
  constructor(
    { request, journey, operation }: NamedStep,
    shown: NamedStep,
    context: StepContext,
    rightStatuses?: readonly StatusRange[],
  ) {
    const { target, secretOf, dependencies, originNumber } = context;
    const parts = partsOf(request, target, secretOf);
    const compile = (text: string): Template => context.compile(text);
    this.#isRight = statusMatcher([...(rightStatuses ?? byDefault)]);
    this.#isRequest = rightStatuses !== undefined;
    const named = parts.headers.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value);
    this.#parts = parts;
    this.journey = shown.journey;
    this.operation = shown.operation;
    this.endsOnFailure = request.onFailure === 'end';
    this.origin = parts.url.origin;
    this.cookies = named.length > 0 ? compile(named.join('; ')) : undefined;
    const [, variable, rest = ''] = linkPattern.exec(request.url) ?? [];
    this.#link = variable === undefined ? undefined : { variable, rest: compile(rest) };
    const headers = parts.headers.filter(([name]) => name.toLowerCase() !== 'cookie');
    this.text = new RequestText({ ...parts, headers }, originNumber(parts), compile, dependencies);
    const place = `step ${operation} of journey ${journey}`;
    this.checks = request.checks.map((check, index) => ({
      ...compiled(() => compileCheck(check), `the check ${checkName(check)} in ${place}`),
      name: checkName(shown.request.checks[index] ?? check),
    }));
    this.extractions = Object.entries(request.extract).map(([variable, extraction]) => ({
      ...compiled(() => compileExtraction(extraction), `the extraction of ${variable} in ${place}`),
      variable,
    }));
    this.#hasStatusCheck = request.checks.some((check) => 'status' in check);
    this.maxRedirects = maxRedirectsOf(request);
    const secret = parts.headers.filter(([, value]) => secretNamesIn(value).length > 0);
    this.#secretHeaders = new Set(secret.map(([name]) => name.toLowerCase()));
    this.keepsBody = [...this.checks, ...this.extractions].some(({ needsBody }) => needsBody);
    if (this.keepsBody) requireDecoders(request, place);
    const isConstant = this.text.isConstant && !this.cookies && !this.#link;
    this.constant = isConstant ? this.write({ iteration: 0, row: {} }, undefined, '') : undefined;
  }

  /** The request for `target` (path and query). `cookies` is the value of its `Cookie` header; empty for none. */
  write(values: TemplateValues, target: string | undefined, cookies: string): SizedRequest {
    return this.#planned(this.text.write(values, target, cookies));
  }

  /** The request that follows a redirect. `values` are those that the redirected request was sent with. */
  redirected(
    of: Omit<Redirected, 'secretHeaders' | 'isSigned'>,
    values: TemplateValues,
    cookies: string,
  ): SizedRequest {
    const { isSigned } = this.text;
    const wire = redirectedRequest({ ...of, secretHeaders: this.#secretHeaders, isSigned }, cookies);
    return this.#planned(of.to.origin === this.origin ? this.text.signed(wire, values) : wire);
  }

  #planned(wire: WireRequest): SizedRequest {
    const bytes = Buffer.byteLength(wire.head) + bodyLength(wire.body);
    return { operation: this.operation, wire, keepsBody: this.keepsBody, check: noCheck, bytes };
  }

  /** Path and query of the request. */
  target(values: TemplateValues): string {
    const link = this.#link && linkTarget(String(values.row[this.#link.variable] ?? ''), this.origin);
    if (!this.#link || link === undefined) return this.text.target(values);
    return link + this.#link.rest.fill(values, encodeURIComponent);
  }

  /** Where the first unexpected redirect led, and what to do about it; undefined when there was none. */
  get redirect(): string | undefined {
    return this.#redirect;
  }

  /** Hides values in the description of the first redirect. Has an effect once, when that description exists. */
  hideInRedirect(values: readonly string[]): void {
    if (this.#redirect === undefined || this.#isRedirectHidden) return;
    this.#redirect = concealValues(values)(this.#redirect);
    this.#isRedirectHidden = true;
  }

  /**
   * Judges a response. Without a response all checks fail, as in k6, unless the request was cut off at the end of the
   * load. The failure kind is that of the first problem: the status, then the checks in their order. `stop` says why a
   * response that is a redirect is not followed.
   */
  judge(
    response: HttpResponse | undefined,
    lost: string | undefined,
    note: NoteCheck,
    stop: RedirectStop | undefined,
  ): Judgement {
    if (!response) {
      const failure = lost ?? cutOff;
      if (failure !== cutOff)
        for (const check of this.checks) note(this, check, false, () => `there was no response: ${failure}`);
      return { failure, answer: undefined };
    }
    const answer = new Answer(response);
    let failure = this.#hasStatusCheck || this.#isRight(answer.status) ? undefined : this.#statusKind(response, stop);
    for (const check of this.checks) {
      const found = testOf(check, answer);
      note(this, check, found === undefined, () => {
        const example = `${found?.()}; the response was ${describeAnswer(answer)}`;
        return concealValues(this.#valuesIn(answer))(example);
      });
      if (found !== undefined) failure ??= this.#kindOf(check, answer, response, stop);
    }
    return { failure, answer };
  }

  /** The values that the step extracts from a response. Each may be a secret, such as a token. */
  #valuesIn(answer: Answer): string[] {
    return this.extractions.flatMap(({ find }) => find(answer, () => undefined) ?? []);
  }

  /** The failure kind of a check. A check that needs a body that can't be decoded fails with the reason for that. */
  #kindOf(check: StepCheck, answer: Answer, response: HttpResponse, stop: RedirectStop | undefined): string {
    if (check.failureKind === 'check-status') return this.#statusKind(response, stop);
    return (check.needsBody ? answer.fault : undefined) ?? check.failureKind;
  }

  #statusKind(response: HttpResponse, stop: RedirectStop | undefined): string {
    const { status } = response;
    if (!isRedirect(status)) return `status-${status}`;
    this.#redirect ??= describeRedirect(
      this.#parts,
      response,
      stop?.remedy ?? (this.#isRequest ? requestRemedy : stepRemedy(status)),
    );
    return stop?.kind ?? 'redirected';
  }
}

function testOf(check: CompiledCheck, answer: Answer): Found | undefined {
  try {
    return check.test(answer);
  } catch (error) {
    // For example, a document is nested too deeply to be searched.
    return () => errorMessage(error);
  }
}

/** Returns a function that hides values from responses in the text of an example. */
export function concealValues(values: readonly string[]): (text: string) => string {
  return concealerOf(new Map(values.map((value, index) => [String(index), value])), () => redacted);
}

/** Describes a response in one line of limited length, without anything that looks like a secret. */
function describeAnswer(answer: Answer): string {
  const text = answer.text();
  if ('problem' in text || text.value === '') return String(answer.status);
  const shown = printableLine(replaceInBody(text.value.slice(0, maxLookedAt), hide)).slice(0, maxShown);
  return `${answer.status} ${shown}`;
}

function compiled<Compiled>(compile: () => Compiled, what: string): Compiled {
  try {
    return compile();
  } catch (error) {
    throw new ProofloadError(
      'usage',
      `${what} is not valid: ${errorMessage(error)}`,
      'JSONPath is that of RFC 9535, a regular expression that of RE2 (no lookaround, no backreferences), a JSON schema that of draft 2020-12 or 07',
    );
  }
}
