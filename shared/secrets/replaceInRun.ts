import { z } from 'zod';
import type { UrlTarget } from '../run/target';
import { type Check, isRequestStep, type Journey, type RequestStep, type Variables } from '../scenario/journeys';
import type { Lifecycle } from '../scenario/lifecycle';
import type { DataRows, ScenarioRequest } from '../scenario/requests';
import { type WithSeveral, withJourneyNames } from '../scenario/severalScenarios';
import { requestsIn } from '../scenario/steps';
import type { Thresholds } from '../thresholds/rules';
import { replaceInAuth } from './replaceInAuth';
import { inField, replaceInBodyFields } from './replaceInBodyFields';
import { replaceInBody, replaceInHeader, replaceInText, replaceInUrl, type SecretVisitor } from './replaceSecrets';
import { isSensitiveName } from './sensitive';

/** The maximum length of a request name. */
const maxNameLength = 80;

/** The parts of a scenario that can contain secrets. A load can name journeys. */
export interface WithSecrets extends WithSeveral {
  name: string;
  description: string;
  thresholds: Thresholds;
  requests?: ScenarioRequest[] | undefined;
  journeys?: Journey[] | undefined;
  setup?: Lifecycle | undefined;
  teardown?: Lifecycle | undefined;
  variables?: Variables | undefined;
  proxy?: string | undefined;
  data: DataRows;
}

/** Visits the secrets in a request. Its fields may be missing, as importers leave them out. */
export function replaceInRequest<Request extends Partial<ScenarioRequest>>(
  request: Request,
  visitor: SecretVisitor,
): Request {
  const { name, url, headers } = request;
  return {
    ...request,
    ...(name === undefined
      ? {}
      : { name: (visitor.label?.(name) ?? replaceInText(name, visitor)).slice(0, maxNameLength) }),
    ...(url === undefined ? {} : { url: replaceInUrl(url, visitor) }),
    ...(headers === undefined
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([header, value]) => [header, replaceInHeader(header, value, visitor)]),
          ),
        }),
    ...replaceInBodyFields(request, visitor),
    ...(request.auth === undefined ? {} : { auth: replaceInAuth(request.auth, visitor) }),
  };
}

/** Returns the columns that contain secrets, by their own names or by where requests use them. */
export function secretColumns(requests: readonly Partial<ScenarioRequest>[]): Set<string> {
  const columns = new Set<string>();
  const visitor: SecretVisitor = { secret: (value) => value, placeholder: (name) => void columns.add(name) };
  for (const request of requests) replaceInRequest(request, visitor);
  return columns;
}

/** Visits the cells of data rows that are secrets or contain some. */
export function replaceInRows(rows: DataRows, columns: ReadonlySet<string>, visitor: SecretVisitor): DataRows {
  const isSecret = (column: string): boolean => columns.has(column) || isSensitiveName(column);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => {
        if (typeof cell !== 'boolean' && isSecret(column)) return [column, visitor.secret(String(cell), column)];
        return [column, typeof cell === 'string' ? replaceInBody(cell, visitor) : cell];
      }),
    ),
  );
}

/** Returns the last name of a JSONPath, which names its value: `token` for `$.user['token'][0]`. */
export function lastNameOf(jsonPath: string): string {
  return jsonPath.match(/[\p{L}_][\p{L}\d_-]*/gu)?.at(-1) ?? '';
}

/** Visits the expected value of a check when its header or JSONPath names a secret. A JSON schema has no values. */
function replaceInCheck(check: Check, visitor: SecretVisitor): Check {
  const named = check.name === undefined ? check : { ...check, name: labelOf(check.name, visitor) };
  if ('bodyContains' in named) return { ...named, bodyContains: replaceInText(named.bodyContains, visitor) };
  if ('jsonPath' in named) {
    if (named.equals === undefined) return named;
    return { ...named, equals: z.json().parse(inField(lastNameOf(named.jsonPath), named.equals, visitor)) };
  }
  if (!('header' in named)) return named;
  const inHeader = (value: string): string => replaceInHeader(named.header, value, visitor);
  return {
    ...named,
    ...(named.equals === undefined ? {} : { equals: inHeader(named.equals) }),
    ...(named.contains === undefined ? {} : { contains: inHeader(named.contains) }),
  };
}

function labelOf(name: string, visitor: SecretVisitor): string {
  return replaceInText(name, visitor).slice(0, maxNameLength);
}

function replaceInStep(step: RequestStep, visitor: SecretVisitor): RequestStep {
  return { ...replaceInRequest(step, visitor), checks: step.checks.map((check) => replaceInCheck(check, visitor)) };
}

function replaceInJourney(journey: Journey, visitor: SecretVisitor): Journey {
  return { ...journey, name: labelOf(journey.name, visitor), ...replaceInSteps(journey, visitor) };
}

function replaceInSteps({ steps }: Pick<Journey, 'steps'>, visitor: SecretVisitor): Pick<Journey, 'steps'> {
  return { steps: steps.map((step) => (isRequestStep(step) ? replaceInStep(step, visitor) : step)) };
}

function replaceInVariables(variables: Variables, columns: ReadonlySet<string>, visitor: SecretVisitor): Variables {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      if (typeof value === 'object') return [name, value];
      return [name, replaceInRows([{ [name]: value }], columns, visitor)[0]?.[name] ?? value];
    }),
  );
}

/**
 * Visits the names in thresholds: operations, steps and checks, which contain names of requests and their expectations.
 */
function replaceInThresholds(thresholds: Thresholds, visitor: SecretVisitor): Thresholds {
  const replaced: Thresholds = {};
  for (const [metric, rules] of Object.entries(thresholds)) {
    const key = metric.replace(/(?<=\{(?:operation|step|journey|check):)[^{}]+/, (name) => labelOf(name, visitor));
    replaced[key] = [...(replaced[key] ?? []), ...rules];
  }
  return replaced;
}

/** Visits the secrets in a scenario: its texts, its requests and their data. */
export function replaceInScenario<S extends WithSecrets>(scenario: S, visitor: SecretVisitor): S {
  const { name, description, load, requests, journeys, setup, teardown, variables, proxy, data, thresholds } = scenario;
  const columns = secretColumns(requestsIn(scenario) ?? []);
  return {
    ...scenario,
    // Within the maximum lengths of the schema.
    name: replaceInText(name, visitor).slice(0, 120),
    description: replaceInText(description, visitor).slice(0, 2_000),
    ...(load?.scenarios ? { load: withJourneyNames(load, (journey) => labelOf(journey, visitor)) } : {}),
    ...(requests === undefined ? {} : { requests: requests.map((request) => replaceInRequest(request, visitor)) }),
    ...(journeys === undefined ? {} : { journeys: journeys.map((journey) => replaceInJourney(journey, visitor)) }),
    ...(setup === undefined ? {} : { setup: { ...setup, ...replaceInSteps(setup, visitor) } }),
    ...(teardown === undefined ? {} : { teardown: { ...teardown, ...replaceInSteps(teardown, visitor) } }),
    ...(variables === undefined ? {} : { variables: replaceInVariables(variables, columns, visitor) }),
    ...(proxy === undefined ? {} : { proxy: replaceInUrl(proxy, visitor) }),
    data: replaceInRows(data, columns, visitor),
    thresholds: replaceInThresholds(thresholds, visitor),
  };
}

/** Visits the secrets in the single request of a URL target. */
export function replaceInTarget(target: UrlTarget, visitor: SecretVisitor): UrlTarget {
  const { url, headers, body } = target;
  return {
    ...target,
    url: replaceInUrl(url, visitor),
    headers: headers.map(([name, value]) => [name, replaceInHeader(name, value, visitor)]),
    ...(body === undefined ? {} : { body: replaceInBody(body, visitor) }),
  };
}
