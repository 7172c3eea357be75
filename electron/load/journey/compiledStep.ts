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
import { partsOf, type RequestMeans, type RequestParts, RequestText } from '../workload/requestText';
import type { PlannedRequest, WireRequest } from '../workload/workload';
import { Answer } from './answer';
import { type CompiledCheck, compileCheck, type Found, statusMatcher } from './checks';
import { type CompiledExtraction, compileExtraction } from './extractions';
import { type Redirected, type RedirectStop, redirectedRequest } from './followRedirect';

/** The failure kind of a step in whose answer the value of a variable is missing. */
export const extractionFailed = 'extraction-failed';

/** The failure kind of a request that was on its way when the load had ended. */
const cutOff = 'not-finished';

/** A check of a step, under the name that it is counted by. */
export interface StepCheck extends CompiledCheck {
  name: string;
}

/** A request of a step. It is judged by {@link CompiledStep.judge}, which knows more than a kind of failure. */
export interface SizedRequest extends PlannedRequest {
  /** How long it is on the wire. */
  bytes: number;
}

const noCheck = (): undefined => undefined;

/** An extraction of a step, with the variable that it fills. */
interface StepExtraction extends CompiledExtraction {
  variable: string;
}

/** What an answer was judged to be. */
export interface Judgement {
  /** The kind of failure; undefined for a right answer. */
  failure: string | undefined;
  /** The answer, to take variables from; undefined where there was none. */
  answer: Answer | undefined;
}

/** Hears what came of each check. `example` says of a failed one what there was instead, and is worked out only if it is wanted. */
export type NoteCheck = (step: CompiledStep, check: StepCheck, ok: boolean, example: () => string) => void;

/** What steps are compiled with. */
export interface StepContext {
  target: Pick<UrlTarget, 'url' | 'headers'>;
  secretOf: SecretOf;
  /** Compiles a text with placeholders. */
  compile(text: string): Template;
  means: RequestMeans;
  /** The number of a server among those that the workload goes to. */
  originNumber(parts: RequestParts): number;
}

/** So much of a body is looked at, and so much of it is shown, where a check has failed. */
const maxLookedAt = 16 * 1024;
const maxShown = 300;

/** A URL that begins with a placeholder: what stands there is a link, and not a part of a path that must be encoded. */
const linkPattern = /^\{\{\s*([A-Za-z_][A-Za-z0-9_-]*(?:\.[\w.-]+)?)\s*\}\}(.*)$/;

/** Path and query of a link to a server; undefined for one that leads elsewhere, where nobody has admitted the load. */
function linkTarget(link: string, origin: string): string | undefined {
  if (!URL.canParse(link, origin)) return undefined;
  const url = new URL(link, origin);
  return url.origin === origin ? `${url.pathname}${url.search}` : undefined;
}

const byDefault: readonly StatusRange[] = [{ min: 200, max: 299 }];

/** A step that sends a request, with everything compiled that is the same each time. */
export class CompiledStep {
  readonly journey: string;
  readonly operation: string;
  readonly endsOnFailure: boolean;
  readonly keepsBody: boolean;
  readonly text: RequestText;
  readonly checks: readonly StepCheck[];
  readonly extractions: readonly StepExtraction[];
  /** How many redirects of an answer are followed. */
  readonly maxRedirects: number;
  /** The server, to which the path is added. */
  readonly origin: string;
  /** What the step itself says of `Cookie`; undefined where it says nothing. */
  readonly cookies: Template | undefined;
  /** The whole request where nothing is to be filled in; a user's cookies may still have to be. */
  readonly constant: SizedRequest | undefined;
  readonly #link: { variable: string; rest: Template } | undefined;
  readonly #parts: RequestParts;
  readonly #hasStatusCheck: boolean;
  /** Whether a status is right where no check says. */
  readonly #isRight: (status: number) => boolean;
  readonly #isRequest: boolean;
  /** Names of headers in which secrets are, in lower case. */
  readonly #secretHeaders: ReadonlySet<string>;
  #redirect: string | undefined;
  #isRedirectHidden = false;

  /**
   * `shown` is the same step without secrets, from which its names are. `rightStatuses` are those of a single request.
   * Throws `usage` for a check or an extraction that can't be compiled, and for a URL that is none.
   */
  constructor(
    { request, journey, operation }: NamedStep,
    shown: NamedStep,
    context: StepContext,
    rightStatuses?: readonly StatusRange[],
  ) {
    const { target, secretOf, means, originNumber } = context;
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
    this.text = new RequestText({ ...parts, headers }, originNumber(parts), compile, means);
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

  /** The request to a target, with the value of a `Cookie` header where there is one. */
  write(values: TemplateValues, target: string | undefined, cookies: string): SizedRequest {
    return this.#planned(this.text.write(values, target, cookies));
  }

  /** The request that follows a redirect of one that was sent with `values`. */
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

  /** Where the first answer led that was a redirect and not expected, and what to do about it. */
  get redirect(): string | undefined {
    return this.#redirect;
  }

  /** Hides values in what is kept of the first redirect; called when it is there, and from then on without an effect. */
  hideInRedirect(values: readonly string[]): void {
    if (this.#redirect === undefined || this.#isRedirectHidden) return;
    this.#redirect = concealValues(values)(this.#redirect);
    this.#isRedirectHidden = true;
  }

  /**
   * Judges an answer; without one all checks have failed, as in k6, unless the request was cut off at the end of the load.
   * The first of what is wrong is the kind of failure: the status, then the checks in their order. `stop` says why the
   * redirect is not followed that the answer is.
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
        for (const check of this.checks) note(this, check, false, () => `there was no answer: ${failure}`);
      return { failure, answer: undefined };
    }
    const answer = new Answer(response);
    let failure = this.#hasStatusCheck || this.#isRight(answer.status) ? undefined : this.#statusKind(response, stop);
    for (const check of this.checks) {
      const found = testOf(check, answer);
      note(this, check, found === undefined, () => {
        const example = `${found?.()}; the answer was ${describeAnswer(answer)}`;
        return concealValues(this.#valuesIn(answer))(example);
      });
      if (found !== undefined) failure ??= this.#kindOf(check, answer, response, stop);
    }
    return { failure, answer };
  }

  /** What the step takes from an answer: it is as good as a secret, such as a token. */
  #valuesIn(answer: Answer): string[] {
    return this.extractions.flatMap(({ find }) => find(answer, () => undefined) ?? []);
  }

  /** The kind of failure of a check: what it looks at may not be there to be looked at. */
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
    // Such as a document that is nested too deep to be looked through.
    return () => errorMessage(error);
  }
}

/** Hides values that were taken from answers in what an example quotes. */
export function concealValues(values: readonly string[]): (text: string) => string {
  return concealerOf(new Map(values.map((value, index) => [String(index), value])), () => redacted);
}

/** An answer in a line, bounded and without what looks like a secret. */
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
      `${what} can't be made: ${errorMessage(error)}`,
      'JSONPath is that of RFC 9535, a regular expression that of RE2 (it does not look around or back), a JSON schema of draft 2020-12 or 07',
    );
  }
}
