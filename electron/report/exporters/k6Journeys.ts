import { type DataFile, dataColumnsOf } from '../../../shared/scenario/dataFiles';
import { type Check, type Extraction, isRequestStep, type Journey, type Step } from '../../../shared/scenario/journeys';
import { extractedBy, lifecycleJourneys } from '../../../shared/scenario/lifecycle';
import { maxRedirectsOf } from '../../../shared/scenario/redirects';
import { bodyTextOf } from '../../../shared/scenario/requestBody';
import { requestName } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { allJourneys, checkName, namedSteps } from '../../../shared/scenario/steps';
import { requiredMs } from '../../../shared/scenario/timing';
import type { ScriptSecret } from './exportedScenario';
import { placeOf } from './jsonPlace';
import { k6BodyDifferences, k6BodyOf, k6BodySupport, withContentType } from './k6Bodies';
import { dataFileScript, k6DataDifferences } from './k6Data';
import { k6LifecycleDifferences, k6LifecycleScript } from './k6Lifecycle';
import { k6Headers } from './k6Tracing';

/*
 * Journeys as a part of a k6 script: the same steps, checks and extractions, as data that one function works through.
 */

interface K6Check {
  name: string;
  kind: string;
  [option: string]: unknown;
}

/** Returns a check as data for the script; undefined where k6 has no equivalent. */
function k6Check(check: Check): K6Check | undefined {
  const name = checkName(check);
  if ('status' in check)
    return { name, kind: 'status', ranges: (Array.isArray(check.status) ? check.status : [check.status]).map(rangeOf) };
  if ('header' in check) {
    const { header, exists, equals, contains, matches } = check;
    return { name, kind: 'header', header, exists, equals, contains, matches };
  }
  if ('bodyContains' in check) return { name, kind: 'contains', text: check.bodyContains };
  if ('bodyMatches' in check) return { name, kind: 'matches', pattern: check.bodyMatches };
  if ('maxBodyBytes' in check) return { name, kind: 'size', max: check.maxBodyBytes };
  if ('jsonSchema' in check) return undefined;
  const place = placeOf(check.jsonPath);
  return place && { name, kind: 'json', place, exists: check.exists, equals: check.equals };
}

/** Returns the columns of data files that steps use, named as in placeholders. */
function filesOf(steps: readonly Step[], dataFiles: readonly DataFile[]): string[] {
  return [...dataColumnsOf({ steps: [...steps] }, new Set(dataFiles.map(({ name }) => name)))].flatMap(
    ([file, columns]) => [...columns].map((column) => `${file}.${column}`),
  );
}

function rangeOf(range: number | { min: number; max: number }): { min: number; max: number } {
  return typeof range === 'number' ? { min: range, max: range } : range;
}

/** Returns an extraction as data for the script; undefined where k6 has no equivalent. */
function k6Extraction(extraction: Extraction): Record<string, unknown> | undefined {
  if (!('jsonPath' in extraction)) return extraction;
  const place = placeOf(extraction.jsonPath);
  return place && { place };
}

function k6Step(step: Step, operation: string): Record<string, unknown> {
  if (!isRequestStep(step)) return { think: thinkOf(step.thinkTime) };
  const { method, url, headers, body, onFailure } = step;
  const json = body !== undefined && typeof body !== 'string';
  const other = k6BodyOf(step);
  const checks = step.checks.flatMap((check) => k6Check(check) ?? []);
  const extract = Object.entries(step.extract).flatMap(([variable, extraction]) => {
    const found = k6Extraction(extraction);
    return found ? [{ variable, ...found }] : [];
  });
  return {
    name: requestName(step),
    operation,
    method,
    url,
    headers: json ? { 'Content-Type': 'application/json', ...headers } : withContentType(headers, other?.contentType),
    ...(other ? { content: other.content } : {}),
    ...(step.gzip ? { gzip: true } : {}),
    body: body === undefined ? null : bodyTextOf(body),
    json,
    statuses: checks.flatMap(({ kind, ranges }) => (kind === 'status' ? [ranges] : []))[0] ?? [{ min: 200, max: 299 }],
    checks,
    extract,
    ends: onFailure === 'end',
    redirects: maxRedirectsOf(step),
  };
}

/** Returns the bounds of a think time, or its mean and standard deviation, in seconds. */
function thinkOf(thinkTime: Extract<Step, { thinkTime: unknown }>['thinkTime']): Record<string, number> {
  if (typeof thinkTime === 'string') return { min: requiredMs(thinkTime) / 1_000, max: requiredMs(thinkTime) / 1_000 };
  if (thinkTime.distribution === 'uniform')
    return { min: requiredMs(thinkTime.min) / 1_000, max: requiredMs(thinkTime.max) / 1_000 };
  return { mean: requiredMs(thinkTime.mean) / 1_000, stddev: requiredMs(thinkTime.stddev) / 1_000 };
}

/** How k6 follows redirects differently. */
export const k6RedirectDifference = 'Redirects are followed to any server: k6 does not ask whether it may be loaded.';

/** Returns a sentence for each way in which k6 runs the journeys differently. */
export function k6JourneyDifferences({
  journeys = [],
  dataFiles = [],
  ...lifecycle
}: Pick<Scenario, 'journeys' | 'dataFiles' | 'setup' | 'teardown'>): string[] {
  const others = lifecycleJourneys(lifecycle);
  const all = namedSteps([...journeys, ...others]);
  const lost = all.flatMap(({ request, operation }) => [
    ...request.checks
      .filter((check) => k6Check(check) === undefined)
      .map((check) => `The check "${checkName(check)}" of ${operation} is left out: k6 has nothing like it.`),
    ...Object.entries(request.extract)
      .filter(([, extraction]) => k6Extraction(extraction) === undefined)
      .map(([variable]) => `The extraction of ${variable} in ${operation} is left out: k6 has no JSONPath like it.`),
  ]);
  const follows = all.some(({ request }) => maxRedirectsOf(request) > 0);
  return [
    ...(follows ? [k6RedirectDifference] : []),
    ...k6BodyDifferences(all.map(({ request }) => request)),
    'In k6, a failed check does not fail its request: http_req_failed covers statuses only.',
    'Iteration durations include iterations in which something failed.',
    ...lost,
    ...(dataFiles.length > 0 ? k6DataDifferences : []),
    ...(others.length > 0 ? k6LifecycleDifferences : []),
  ];
}

/** Returns the weights of journeys by index; for several scenarios, those of the journeys of each, by its name. */
function k6Weights(journeys: readonly Journey[], load: Scenario['load']): unknown {
  const all = journeys.map(({ name, weight }, index) => ({ name, entry: [String(index), weight] }));
  if (load.executor !== 'scenarios') return all.map(({ entry }) => entry);
  return Object.fromEntries(
    load.scenarios.map((part) => [
      part.name,
      all.filter(({ name }) => part.journeys.includes(name)).map(({ entry }) => entry),
    ]),
  );
}

/**
 * Returns the part of a script that runs the journeys. `source` writes a value as JavaScript. `secretFunctions` is
 * called only if the script has secrets.
 */
export function journeyScript(
  { journeys = [], setup, teardown, variables = {}, dataFiles = [], data, tracing, load }: Scenario,
  secrets: readonly ScriptSecret[],
  source: (value: unknown, indent?: number) => string,
  secretFunctions: (secrets: readonly ScriptSecret[]) => string,
): string {
  const operations = namedSteps(journeys).map(({ operation }) => operation);
  let next = 0;
  const operationOf = (step: Step): string => (isRequestStep(step) ? (operations[next++] ?? '') : '');
  const written = journeys.map(({ name, steps }) => ({
    name,
    steps: steps.map((step) => k6Step(step, operationOf(step))),
    data: filesOf(steps, dataFiles),
  }));
  const hasSecrets = secrets.length > 0;
  const lifecycle = lifecycleJourneys({ setup, teardown }).map(
    ({ name, steps }) =>
      [name, steps.map((step) => k6Step(step, isRequestStep(step) ? `${name} / ${requestName(step)}` : ''))] as const,
  );
  const lifecycleScript = k6LifecycleScript(lifecycle, setup ? extractedBy(setup) : [], source);
  const bodies = k6BodySupport(
    namedSteps(allJourneys({ journeys, setup, teardown })).map(({ request }) => request),
    source,
  );
  return `/** @param {string} value */
const asItIs = (value) => value;
${hasSecrets ? secretFunctions(secrets) : ''}${bodies.functions}
/** @type {{ name: string, steps: any[], data: string[] }[]} */
const journeys = ${source(written)};
/** @type {${load.executor === 'scenarios' ? 'Record<string, [string, number][]>' : '[string, number][]'}} */
const weights = ${source(k6Weights(journeys, load), 0)};
/** @type {Record<string, any>} */
const constants = ${source(variables, 0)};
/** @type {Record<string, string | number | boolean>[]} */
const rows = new SharedArray('data', () => ${source(data, 0)});
${dataFiles.length > 0 ? dataFileScript(dataFiles, source) : ''}/** @param {string} value */
const escapeJson = (value) => JSON.stringify(value).slice(1, -1);
const uuid = () =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));

/** The values of variables. */
function constantValues() {
  /** @type {Record<string, any>} */
  const values = {};
  for (const name of Object.keys(constants)) {
    const constant = constants[name];
    values[name] =
      typeof constant === 'object'
        ? constant.min + Math.floor(Math.random() * (constant.max - constant.min + 1))
        : constant;
  }
  return values;
}

/** The values of an iteration of a journey that uses these columns. @param {string[]} columns @param {any} given */
function newValues(columns, given) {
  const iteration = exec.scenario.iterationInTest;
  return Object.assign(constantValues(), given, rows.length > 0 ? rows[iteration % rows.length] : {}, { iteration }${dataFiles.length > 0 ? ', dataValues(columns, iteration)' : ''});
}

/** @param {string} name @param {Record<string, any>} values */
function valueOf(name, values) {
  if (name in values) return values[name];
  if (name === 'vu') return exec.vu.idInTest;
  if (name === 'uuid') return uuid();
  if (name === 'now') return Date.now();
  return name === 'random' ? Math.floor(Math.random() * 2 ** 31) : '';
}

/** @param {string} text @param {Record<string, any>} values @param {(value: string) => string} encode */
function fill(text, values, encode) {
  return ${hasSecrets ? 'fillSecrets(text, encode)' : 'text'}
    .replace(/\\{\\{\\s*env\\.([A-Za-z_][A-Za-z0-9_]*)\\s*\\}\\}/g, (_match, name) => encode(String(__ENV['PROOFLOAD_ENV_' + name])))
    .replace(/\\{\\{\\s*([A-Za-z_][\\w-]*(?:\\.[\\w.-]+)?)\\s*\\}\\}/g, (match, name) =>
      name.includes('.') && !(name in values) ? match : encode(String(valueOf(name, values))));
}

/** The value at a place in a response; undefined where there is none. @param {any} response @param {(string | number)[]} place */
function jsonAt(response, place) {
  try {
    return place.reduce((value, key) => (value === null || typeof value !== 'object' ? undefined : value[key]), response.json());
  } catch {
    return undefined;
  }
}

/** @param {any} response @param {string} name */
function headerOf(response, name) {
  const key = Object.keys(response.headers).find((header) => header.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : response.headers[key];
}

/** @param {any} wanted @param {any} value */
const isSame = (wanted, value) => wanted === undefined || JSON.stringify(wanted) === JSON.stringify(value);

/** @param {any} response @param {any} wanted */
function holds(response, wanted) {
  const body = String(response.body);
  switch (wanted.kind) {
    case 'status':
      return wanted.ranges.some((/** @type {any} */ range) => response.status >= range.min && response.status <= range.max);
    case 'header': {
      const value = headerOf(response, wanted.header);
      if (value === undefined || wanted.exists === false) return (value === undefined) === (wanted.exists === false);
      return isSame(wanted.equals, value) && value.includes(wanted.contains || '') && new RegExp(wanted.matches || '').test(value);
    }
    case 'contains':
      return body.includes(wanted.text);
    case 'matches':
      return new RegExp(wanted.pattern).test(body);
    case 'size':
      return body.length <= wanted.max;
    default: {
      const value = jsonAt(response, wanted.place);
      return wanted.exists === false ? value === undefined : value !== undefined && isSame(wanted.equals, value);
    }
  }
}

/** @param {any} response @param {any} from @param {string} url */
function found(response, from, url) {
  if (from.place) return jsonAt(response, from.place);
  if (from.status) return response.status;
  if (from.header) return headerOf(response, from.header);
  if (from.cookie) return (http.cookieJar().cookiesForURL(url)[from.cookie] || [])[0];
  const match = new RegExp(from.regex).exec(String(response.body));
  return match ? match[from.group === undefined ? Math.min(1, match.length - 1) : from.group] : undefined;
}

/** Sends a step and returns whether all was right. @param {any} step @param {string} journey @param {Record<string, any>} values */
function send(step, journey, values) {
  const filled = fill(step.url, values, /^\\{\\{/.test(step.url) ? asItIs : encodeURIComponent);
  const url = /^https?:/.test(filled) ? filled : base + filled;
  /** @type {Record<string, string>} */
  const headers = {};
  for (const key of Object.keys(step.headers)) headers[key] = fill(step.headers[key], values, asItIs);
  const body = ${bodies.bodyOf('step', '(text, encode) => fill(text, values, encode)', 'step.body === null ? null : fill(step.body, values, step.json ? escapeJson : asItIs)')};
  const tags = { operation: step.operation, name: step.operation, step: step.name, journey };
  const response = http.request(step.method, url, body, {
    timeout,
    tags,
    headers: ${k6Headers({ tracing }, 'headers')},${bodies.compression('step')}
    redirects: step.redirects,
    responseCallback: http.expectedStatuses(...step.statuses, ...(step.redirects > 0 ? [{ min: 300, max: 399 }] : [])),
  });
  const status = headerOf(response, 'Cache-Status');
  if (status !== undefined) cacheHit.add(/;\\s*hit\\b/.test(status));
  /** @type {Record<string, (response: any) => boolean>} */
  const checks = {};
  for (const wanted of step.checks) checks[wanted.name] = (received) => holds(received, wanted);
  let isRight = check(response, checks, tags) && holds(response, { kind: 'status', ranges: step.statuses });
  for (const from of step.extract) {
    const value = found(response, from, response.url || url);
    if (value === undefined) isRight = false;
    else values[from.variable] = typeof value === 'object' ? JSON.stringify(value) : value;
  }
  return isRight;
}

/** @param {any} time */
function think(time) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  sleep(time.min === undefined ? Math.max(0, time.mean + time.stddev * normal()) : time.min + (time.max - time.min) * Math.random());
}

${lifecycleScript}/** @param {any} given What the setup has extracted. */
export default function (given) {
  const { name, steps, data } = journeys[Number(draw(${load.executor === 'scenarios' ? 'weights[exec.scenario.name]' : 'weights'}))];
  exec.vu.metrics.tags['journey'] = name;
  const values = newValues(data, given);
  for (const step of steps) {
    if (step.think) think(step.think);
    else if (!send(step, name, values) && step.ends) return;
  }
}
`;
}
