import { type WireUrl, wireUrl } from '../../../shared/http/wireUrl';
import type { UrlTarget } from '../../../shared/run/target';
import { isRedirect, requestName } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { namedSteps } from '../../../shared/scenario/steps';
import {
  compileTemplate,
  constantTemplate,
  type SecretOf,
  type Template,
  type TemplateValues,
} from '../../../shared/scenario/template';
import { redactScenario } from '../../../shared/secrets/redactRun';
import { seededStream } from '../../../shared/statistics/random';
import type { Shard } from '../schedule/shard';
import { describeRedirect, requestRemedy, stepRemedy } from './redirect';
import { noDependencies, partsOf, type RequestDependencies, type RequestParts, RequestText } from './requestText';
import { weightedDraw } from './weightedDraw';
import type { PlannedRequest, ReceivedResponse, Workload } from './workload';

/** A request to an external service, with placeholders. */
export interface RequestTemplate extends RequestParts {
  name: string;
  weight: number;
  /** Whether braces are placeholders. A request of the command line is sent as it is. */
  hasPlaceholders: boolean;
  /** Whether a redirect counts as a success. */
  expectRedirect: boolean;
  /** Whether it is the step of a journey, for which 304 is not a success. */
  isStep: boolean;
}

/**
 * The requests that a run sends to a URL: those of the scenario, or the single one that the target describes as curl
 * does. `secretOf` gives the secrets in user and password. The other references stay until the requests are compiled.
 */
export function requestsOf(
  { requests }: Pick<Scenario, 'requests'>,
  target: UrlTarget,
  secretOf?: SecretOf,
): RequestTemplate[] {
  if (!requests) {
    const { url, method, headers, body } = target;
    return [
      {
        name: 'request',
        weight: 1,
        method,
        url: wireUrl(url, undefined, secretOf),
        headers,
        body: { body },
        hasPlaceholders: false,
        expectRedirect: false,
        isStep: false,
      },
    ];
  }
  return requests.map((request) => ({
    ...partsOf(request, target, secretOf),
    name: requestName(request),
    weight: request.weight,
    hasPlaceholders: true,
    expectRedirect: request.expectRedirect ?? false,
    isStep: false,
  }));
}

/** The requests of journeys that consist of a single request each (`sendsSingleRequests`). */
export function singleSteps(scenario: Scenario, target: UrlTarget, secretOf?: SecretOf): RequestTemplate[] {
  const weights = (scenario.journeys ?? []).map(({ weight }) => weight);
  // Results are stored under the names of the scenario without its secrets.
  const shown = namedSteps(redactScenario({ ...scenario, data: [] }).journeys ?? []);
  return namedSteps(scenario.journeys ?? []).map(({ request, operation }, index) => ({
    ...partsOf(request, target, secretOf),
    name: shown[index]?.operation ?? operation,
    weight: weights[index] ?? 1,
    hasPlaceholders: true,
    expectRedirect: false,
    isStep: true,
  }));
}

/** Called for a redirect that was not expected. */
type NoteRedirect = (request: RequestTemplate, response: ReceivedResponse) => void;

/** A request whose constant parts are compiled once. */
class CompiledRequest {
  readonly #request: RequestTemplate;
  readonly #text: RequestText;
  readonly #noteRedirect: NoteRedirect;
  readonly #check = (response: ReceivedResponse): string | undefined => this.#failureOf(response);
  /** The whole request when it has no placeholders. */
  readonly constant: PlannedRequest | undefined;

  constructor(
    request: RequestTemplate,
    origin: number,
    secretOf: SecretOf,
    dependencies: RequestDependencies,
    noteRedirect: NoteRedirect,
  ) {
    this.#request = request;
    this.#noteRedirect = noteRedirect;
    const compile = (text: string): Template =>
      (request.hasPlaceholders ? compileTemplate : constantTemplate)(text, secretOf);
    this.#text = new RequestText(request, origin, compile, dependencies);
    this.constant = this.#text.isConstant ? this.fill({ iteration: 0, row: {} }) : undefined;
  }

  fill(values: TemplateValues): PlannedRequest {
    return {
      operation: this.#request.name,
      wire: this.#text.write(values),
      keepsBody: false,
      check: this.#check,
    };
  }

  /**
   * 2xx is a success, and so is 304 except for a step. A redirect is a failure unless it was expected, because the page
   * that it leads to was not measured.
   */
  #failureOf(response: ReceivedResponse): string | undefined {
    const { status } = response;
    const isSuccess = status >= 200 && status < (this.#request.isStep ? 300 : 400);
    if (!isRedirect(status)) return isSuccess ? undefined : `status-${status}`;
    if (this.#request.expectRedirect) return undefined;
    this.#noteRedirect(this.#request, response);
    return 'redirected';
  }
}

/**
 * Requests to an external service, drawn by weight. Their placeholders are filled with the rows of the scenario's data
 * in turn. Several load processes divide the rows among them.
 */
export class RequestWorkload implements Workload {
  /** The servers that the requests go to, each once. */
  readonly origins: readonly WireUrl[];
  readonly #draw: () => CompiledRequest;
  readonly #rows: Scenario['data'];
  readonly #step: number;
  #iteration: number;
  #redirect: string | undefined;

  /**
   * `secretOf` gives the values that replace references to secrets, `dependencies` the files and tokens that are sent.
   * Throws `usage` for a file that can't be sent.
   */
  constructor(
    requests: readonly RequestTemplate[],
    { data, seed }: Pick<Scenario, 'data' | 'seed'>,
    shard: Shard,
    secretOf: SecretOf = () => undefined,
    dependencies: RequestDependencies = noDependencies,
  ) {
    const byOrigin = new Map(requests.map(({ url }) => [url.origin, url]));
    const origins = [...byOrigin.keys()];
    this.origins = [...byOrigin.values()];
    const compiled = requests.map(
      (request) =>
        [
          new CompiledRequest(
            request,
            origins.indexOf(request.url.origin),
            secretOf,
            dependencies,
            (from, response) => {
              const remedy = from.isStep ? stepRemedy(response.status) : requestRemedy;
              this.#redirect ??= describeRedirect(from, response, remedy);
            },
          ),
          request.weight,
        ] as const,
    );
    this.#draw = weightedDraw(compiled, seededStream(seed, `requests/${shard.index}`));
    this.#rows = data;
    this.#iteration = shard.index;
    this.#step = shard.count;
  }

  next(): PlannedRequest {
    const request = this.#draw();
    const iteration = this.#iteration;
    this.#iteration += this.#step;
    if (request.constant) return request.constant;
    return request.fill({ iteration, row: this.#rows[iteration % Math.max(1, this.#rows.length)] ?? {} });
  }

  redirect(): string | undefined {
    return this.#redirect;
  }
}
