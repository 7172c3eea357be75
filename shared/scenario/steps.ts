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
import { journeysOf, scenarioOfJourneys, type WithSeveral, withJourneyNames } from './severalScenarios';
import { followsRedirects } from './singleRequests';
import { environmentNamesIn, unknownPlaceholders } from './template';

/** The parts of a scenario that define its requests to the user's own service. */
export interface OwnRequests extends WithLifecycle {
  requests?: readonly ScenarioRequest[] | undefined;
  /** The proxy for these requests. */
  proxy?: string | undefined;
}

/** A step that sends a request, with its names. */
export interface NamedStep {
  journey: string;
  /** The name in thresholds: `{step:login}`. */
  step: string;
  /**
   * The name in statistics: the name of the step, preceded by the journey when other journeys have a step of that name.
   */
  operation: string;
  request: RequestStep;
}

/** The requests that a figure covers; all when no field is set. */
export interface RequestPart {
  operation?: string | undefined;
  step?: string | undefined;
  journey?: string | undefined;
  scenario?: string | undefined;
}

function withoutDisabledSteps<Part extends { steps: Step[] }>(part: Part): Part {
  return { ...part, steps: part.steps.filter((step) => !step.disabled) };
}

/** Returns a scenario without its disabled journeys and steps. */
export function withoutDisabled<S extends OwnRequests & WithSeveral>(scenario: S): S {
  const { journeys, setup, teardown, load } = scenario;
  const isDisabled = allJourneys(scenario).some(
    ({ disabled, steps }) => disabled || steps.some((step) => step.disabled),
  );
  if (!isDisabled) return scenario;
  const left = new Set(journeys?.flatMap(({ name, disabled }) => (disabled ? [] : [name])));
  return {
    ...scenario,
    ...(load?.scenarios ? { load: withJourneyNames(load, (name) => (left.has(name) ? name : undefined)) } : {}),
    ...(journeys ? { journeys: journeys.filter(({ disabled }) => !disabled).map(withoutDisabledSteps) } : {}),
    ...(setup ? { setup: withoutDisabledSteps(setup) } : {}),
    ...(teardown ? { teardown: withoutDisabledSteps(teardown) } : {}),
  };
}

/** Whether a scenario loads the user's own service. */
export function hasOwnRequests({ requests, journeys }: OwnRequests): boolean {
  return requests !== undefined || journeys !== undefined;
}

/** What decides whether journeys need virtual users. */
interface JourneyNeeds extends OwnRequests, WithSeveral {
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
 * Whether a scenario sends only single requests that need no virtual user. It must not follow redirects, and must have
 * no journeys, or only journeys of one step without checks whose placeholders are data columns. Such requests are sent
 * and counted like `requests`.
 */
export function sendsSingleRequests(scenario: JourneyNeeds, target?: { redirects?: Redirects | undefined }): boolean {
  const { journeys, noCookiesReset, noVUConnectionReuse, dataFiles, data, load } = scenario;
  // Each of several scenarios has users of its own.
  if (load?.executor === 'scenarios') return false;
  if (!journeys) return !followsRedirects(scenario, target);
  if (noCookiesReset || noVUConnectionReuse || dataFiles) return false;
  const columns = commonColumns(data);
  return journeys.every(({ steps }) => isSingleRequest(steps, columns));
}

/**
 * Returns the requests that a scenario sends to the user's own service; undefined when there are none. Steps come in
 * order, those of setup and teardown last.
 */
export function requestsIn({ requests, ...own }: OwnRequests): readonly RequestFields[] | undefined {
  return own.journeys ? allJourneys(own).flatMap(({ steps }) => steps.filter(isRequestStep)) : requests;
}

/** Returns the journeys of the load, followed by setup and teardown. */
export function allJourneys({ journeys = [], ...parts }: WithLifecycle): readonly Journey[] {
  return [...journeys, ...lifecycleJourneys(parts)];
}

/**
 * Returns the steps of journeys that send requests, in order. Steps of one journey with the same name share an
 * operation.
 */
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
 * Returns the operations that a part of a run consists of; undefined when the part is the whole run. Without journeys,
 * each request is a journey of one step, and all three names are the same.
 */
export function operationsOf(
  { journeys, load }: OwnRequests & WithSeveral,
  part: RequestPart,
): readonly string[] | undefined {
  const { operation, step } = part;
  const ofJourneys = journeysOf({ load }, part);
  const name = operation ?? step ?? ofJourneys?.[0];
  if (name === undefined) return ofJourneys;
  if (operation !== undefined || !journeys) return [name];
  const found = namedSteps(journeys).filter((named) => named.step === step || ofJourneys?.includes(named.journey));
  return [...new Set(found.map((named) => named.operation))];
}

/** Returns the scenario of each operation; empty for a run with one scenario. */
export function scenarioOfOperations({ journeys = [], load }: OwnRequests & WithSeveral): ReadonlyMap<string, string> {
  const ofJourneys = scenarioOfJourneys({ load });
  return new Map(
    namedSteps(journeys).flatMap(({ operation, journey }) => {
      const scenario = ofJourneys.get(journey);
      return scenario === undefined ? [] : [[operation, scenario] as const];
    }),
  );
}

/** Returns the average number of requests per iteration, assuming that journeys complete all their steps. */
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

/** Describes the condition of a check in a few words. */
function wordsOf(check: Check): string {
  if ('status' in check) return `status is ${statusText(check.status)}`;
  if ('header' in check) return `${check.header} ${comparisonText(check)}`;
  if ('bodyContains' in check) return `body contains ${valueText(check.bodyContains)}`;
  if ('bodyMatches' in check) return `body matches ${check.bodyMatches.slice(0, 30)}`;
  if ('jsonPath' in check) return `${check.jsonPath.slice(0, 40)} ${comparisonText(check)}`;
  if ('jsonSchema' in check) return 'body matches the JSON schema';
  return `body has at most ${check.maxBodyBytes} bytes`;
}

/** Returns the name of a check: its own, or a description of its condition. */
export function checkName(check: Check): string {
  return (check.name ?? wordsOf(check).replace(/[{}]/g, '')).slice(0, 80);
}
