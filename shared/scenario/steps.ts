import { type Check, isRequestStep, type Journey, type RequestStep, type Step } from './journeys';
import { lifecycleJourneys, type WithLifecycle } from './lifecycle';
import { maxRedirectsOf, type Redirects } from './redirects';
import {
  commonColumns,
  type DataRows,
  type RequestFields,
  requestName,
  type ScenarioRequest,
  textsOf,
} from './requests';
import { followsRedirects } from './singleRequests';
import { environmentNamesIn, unknownPlaceholders } from './template';

/** What of a scenario says which requests it sends to a service of one's own. */
export interface OwnRequests extends WithLifecycle {
  requests?: readonly ScenarioRequest[] | undefined;
  /** The proxy that they go through. */
  proxy?: string | undefined;
}

/** A step that sends a request, with its names. */
export interface NamedStep {
  journey: string;
  /** What thresholds call it: `{step:login}`. */
  step: string;
  /** Under which its requests are counted: the step's name, after that of its journey where others have such a step. */
  operation: string;
  request: RequestStep;
}

/** Which part of the requests figures are about; nothing of it: all. */
export interface RequestPart {
  operation?: string | undefined;
  step?: string | undefined;
  journey?: string | undefined;
}

function withoutDisabledSteps<Part extends { steps: Step[] }>(part: Part): Part {
  return { ...part, steps: part.steps.filter((step) => !step.disabled) };
}

/** A scenario without the journeys and the steps that are disabled: what of it is run. */
export function withoutDisabled<S extends OwnRequests>(scenario: S): S {
  const { journeys, setup, teardown } = scenario;
  const isDisabled = allJourneys(scenario).some(
    ({ disabled, steps }) => disabled || steps.some((step) => step.disabled),
  );
  if (!isDisabled) return scenario;
  return {
    ...scenario,
    ...(journeys ? { journeys: journeys.filter(({ disabled }) => !disabled).map(withoutDisabledSteps) } : {}),
    ...(setup ? { setup: withoutDisabledSteps(setup) } : {}),
    ...(teardown ? { teardown: withoutDisabledSteps(teardown) } : {}),
  };
}

/** Whether a scenario goes to a service of one's own. */
export function hasOwnRequests({ requests, journeys }: OwnRequests): boolean {
  return requests !== undefined || journeys !== undefined;
}

/** What decides whether journeys need virtual users. */
interface JourneyNeeds extends OwnRequests {
  noCookiesReset?: boolean | undefined;
  noVUConnectionReuse?: boolean | undefined;
  dataFiles?: readonly unknown[] | undefined;
  data: DataRows;
}

function isSingleRequest(steps: readonly Step[], columns: ReadonlySet<string>): boolean {
  const [step] = steps;
  if (!step || steps.length > 1 || !isRequestStep(step)) return false;
  const isAlone =
    step.checks.length === 0 &&
    Object.keys(step.extract).length === 0 &&
    maxRedirectsOf(step) === 0 &&
    !step.url.startsWith('{{');
  return (
    isAlone &&
    textsOf(step).every(
      (text) => unknownPlaceholders(text, columns).length === 0 && environmentNamesIn(text).length === 0,
    )
  );
}

/**
 * Whether a scenario sends single requests of which nothing needs a virtual user: no redirect is followed, and it has no
 * journeys, or each is one step without checks, whose placeholders are cells of rows. Such are sent and counted as
 * `requests` are.
 */
export function sendsSingleRequests(scenario: JourneyNeeds, target?: { redirects?: Redirects | undefined }): boolean {
  const { journeys, noCookiesReset, noVUConnectionReuse, dataFiles, data } = scenario;
  if (!journeys) return !followsRedirects(scenario, target);
  if (noCookiesReset || noVUConnectionReuse || dataFiles) return false;
  const columns = commonColumns(data);
  return journeys.every(({ steps }) => isSingleRequest(steps, columns));
}

/**
 * The requests that a scenario sends to a service of one's own, those of steps in their order and those of setup and
 * teardown after them; undefined without any.
 */
export function requestsIn({ requests, ...own }: OwnRequests): readonly RequestFields[] | undefined {
  return own.journeys ? allJourneys(own).flatMap(({ steps }) => steps.filter(isRequestStep)) : requests;
}

/** The journeys of the load, then setup and teardown. */
export function allJourneys({ journeys = [], ...parts }: WithLifecycle): readonly Journey[] {
  return [...journeys, ...lifecycleJourneys(parts)];
}

/** The steps of journeys that send requests, in their order. Steps of one journey that are called the same are one. */
export function namedSteps(journeys: readonly Journey[]): NamedStep[] {
  const journeysOf = new Map<string, Set<string>>();
  const all = journeys.flatMap(({ name: journey, steps }) =>
    steps.filter(isRequestStep).map((request) => ({ journey, step: requestName(request), request })),
  );
  for (const { journey, step } of all) journeysOf.set(step, (journeysOf.get(step) ?? new Set()).add(journey));
  return all.map((named) => {
    const isShared = (journeysOf.get(named.step)?.size ?? 0) > 1;
    return { ...named, operation: isShared ? `${named.journey} / ${named.step}` : named.step };
  });
}

/**
 * The operations whose figures make up a part of a run; undefined where the part is all. Without journeys each request is
 * a journey of one step, and all three names are the same.
 */
export function operationsOf(
  { journeys }: OwnRequests,
  { operation, step, journey }: RequestPart,
): readonly string[] | undefined {
  const name = operation ?? step ?? journey;
  if (name === undefined) return undefined;
  if (operation !== undefined || !journeys) return [name];
  const found = namedSteps(journeys).filter((named) => named.step === step || named.journey === journey);
  return [...new Set(found.map((named) => named.operation))];
}

/** How many requests an iteration sends on average; of journeys if all of their steps are gone through. */
export function requestsPerIteration({ journeys }: OwnRequests): number {
  if (!journeys) return 1;
  const total = journeys.reduce((sum, { weight }) => sum + weight, 0);
  return journeys.reduce((sum, { weight, steps }) => sum + (weight / total) * steps.filter(isRequestStep).length, 0);
}

function valueText(value: unknown): string {
  return JSON.stringify(value).slice(0, 30);
}

function statusText(status: Extract<Check, { status: unknown }>['status']): string {
  const ranges = Array.isArray(status) ? status : [status];
  return ranges.map((range) => (typeof range === 'number' ? range : `${range.min} to ${range.max}`)).join(' or ');
}

function comparisonText(check: Extract<Check, { header: string } | { jsonPath: string }>): string {
  if (check.equals !== undefined) return `is ${valueText(check.equals)}`;
  if ('contains' in check && check.contains !== undefined) return `contains ${valueText(check.contains)}`;
  if ('matches' in check && check.matches !== undefined) return `matches ${check.matches.slice(0, 30)}`;
  return check.exists === false ? 'is not there' : 'is there';
}

/** What a check asks for, in a few words. */
function wordsOf(check: Check): string {
  if ('status' in check) return `status is ${statusText(check.status)}`;
  if ('header' in check) return `${check.header} ${comparisonText(check)}`;
  if ('bodyContains' in check) return `body contains ${valueText(check.bodyContains)}`;
  if ('bodyMatches' in check) return `body matches ${check.bodyMatches.slice(0, 30)}`;
  if ('jsonPath' in check) return `${check.jsonPath.slice(0, 40)} ${comparisonText(check)}`;
  if ('jsonSchema' in check) return 'body matches the JSON schema';
  return `body has at most ${check.maxBodyBytes} bytes`;
}

/** What a check is called: by its own name, or by what it asks for. */
export function checkName(check: Check): string {
  return (check.name ?? wordsOf(check).replace(/[{}]/g, '')).slice(0, 80);
}
