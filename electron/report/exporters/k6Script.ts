import { maxRedirectsOf } from '../../../shared/scenario/redirects';
import { bodyTextOf } from '../../../shared/scenario/requestBody';
import { requestName, type ScenarioRequest } from '../../../shared/scenario/requests';
import { operationNames, type Scenario } from '../../../shared/scenario/schema';
import { followsRedirects } from '../../../shared/scenario/singleRequests';
import { hasOwnRequests, requestsIn } from '../../../shared/scenario/steps';
import { requiredMs } from '../../../shared/scenario/timing';
import { secretNamesIn } from '../../../shared/secrets/reference';
import { printableJson } from '../../../shared/text/printable';
import { formatDuration } from '../../../shared/units/duration';
import { authDifferences } from './exportedAuth';
import {
  baseOf,
  commentLine,
  describeSecrets,
  documentContent,
  type ExportedScenario,
  type ScriptSecret,
  serviceOrigin,
  shellWord,
  transportDifferences,
  withNamedSecrets,
  withWireForms,
} from './exportedScenario';
import { k6BodyDifferences, k6BodyOf, k6BodySupport, withContentType } from './k6Bodies';
import { journeyScript, k6JourneyDifferences, k6RedirectDifference } from './k6Journeys';
import { k6Scenarios, k6Thresholds } from './k6Options';
import { k6Headers, k6TraceFunction } from './k6Tracing';

/*
 * A scenario as a script for k6 2.2. An iteration sends one request, so that k6's iteration rate is Proofload's request
 * rate. The tests type-check the script against @types/k6.
 */

/** A value as JavaScript source. */
function source(value: unknown, indent = 2): string {
  // JSON is JavaScript, except for the two line separators that old parsers take for line ends.
  return printableJson(JSON.stringify(value, null, indent));
}

/** Popularity as in Proofload: zipfian (Gray et al., SIGMOD 1994), scattered over the keys. */
const zipfian = `
const itemCount = tenants.length * documents.length;
const zeta = (/** @type {number} */ n) => {
  let sum = 0;
  for (let rank = 1; rank <= n; rank += 1) sum += 1 / Math.pow(rank, theta);
  return sum;
};
const zetaN = zeta(itemCount);
const eta = (1 - Math.pow(2 / itemCount, 1 - theta)) / (1 - zeta(Math.min(2, itemCount)) / zetaN);
const gcd = (/** @type {number} */ a, /** @type {number} */ b) => {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
};
let stride = Math.max(1, Math.floor(itemCount * 0.61803398875));
while (gcd(stride, itemCount) !== 1) stride += 1;
function drawKey() {
  const uniform = Math.random();
  const scaled = uniform * zetaN;
  let rank = Math.min(itemCount - 1, Math.floor(itemCount * Math.pow(eta * uniform - eta + 1, 1 / (1 - theta))));
  if (scaled < 1) rank = 0;
  else if (scaled < 1 + Math.pow(0.5, theta)) rank = Math.min(1, itemCount - 1);
  return (rank * stride) % itemCount;
}
`;

const uniform = `
const itemCount = tenants.length * documents.length;
function drawKey() {
  return Math.floor(Math.random() * itemCount);
}
`;

function documentRequests(scenario: Scenario): string {
  const { statuses, tenants, body } = documentContent(scenario);
  const weights = operationNames.map((name) => [name, scenario.operations[name]]);
  const { keys } = scenario;
  return `const tenants = ${source(tenants, 0)};
const documents = Array.from({ length: ${scenario.dataset.documentsPerTenant} }, (_, index) => 'd' + String(index).padStart(5, '0'));
const statuses = ${source(statuses, 0)};
const body = ${source(body)};
/** @type {[string, number][]} */
const operations = ${source(weights, 0)};
${keys.distribution === 'zipfian' ? `const theta = ${keys.theta};${zipfian}` : uniform}
/** @template T @param {readonly T[]} items @returns {T} */
const pick = (items) => items[Math.floor(Math.random() * items.length)];

function documentPath() {
  const key = drawKey();
  const tenant = tenants[Math.floor(key / documents.length)];
  return '/tenants/' + tenant + '/documents/' + documents[key % documents.length];
}

function content() {
  const number = Math.floor(Math.random() * 1e9);
  return JSON.stringify({
    status: pick(statuses), title: 'k6 ' + number, owner: 'owner-' + (number % 50), category: 'report',
    priority: number % 5, tags: ['tag-' + (number % 20), 'tag-' + (20 + (number % 20))], body,
  });
}

function request() {
  const operation = draw(operations);
  const params = { timeout, tags: { operation, name: operation }, headers: ${k6Headers(scenario, "{ 'Content-Type': 'application/json' }")} };
  switch (operation) {
    case 'query':
      return http.get(base + '/tenants/' + pick(tenants) + '/documents?status=' + pick(statuses) + '&limit=${scenario.queryLimit}', params);
    case 'update':
      return http.put(base + documentPath(), content(), params);
    case 'insert':
      return http.post(base + '/tenants/' + pick(tenants) + '/documents', content(), params);
    default:
      return http.get(base + documentPath(), params);
  }
}`;
}

interface OwnRequest {
  name: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  json: boolean;
  content?: unknown;
  gzip?: boolean;
  expectRedirect: boolean;
  redirects: number;
}

function ownRequest(request: ScenarioRequest): OwnRequest {
  const { name, method, url, headers, body, expectRedirect = false } = request;
  const json = body !== undefined && typeof body !== 'string';
  const other = k6BodyOf(request);
  return {
    name: requestName({ name, method, url }),
    method,
    url,
    headers: json ? { 'Content-Type': 'application/json', ...headers } : withContentType(headers, other?.contentType),
    ...(other ? { content: other.content } : {}),
    ...(request.gzip ? { gzip: true } : {}),
    body: body === undefined ? null : bodyTextOf(body),
    json,
    expectRedirect,
    redirects: maxRedirectsOf(request),
  };
}

/** Returns source that looks for all secrets before the first request, and fills them into a text. */
function secretFunctions(secrets: readonly ScriptSecret[]): string {
  return `/** @type {Record<string, string>} */
const secretVariables = ${source(Object.fromEntries(secrets.map(({ name, variable }) => [name, variable])))};
for (const variable of Object.values(secretVariables))
  if (__ENV[variable] === undefined) throw new Error('set the environment variable ' + variable + ': a secret of this script');
/** @param {string} text @param {(value: string) => string} encode */
function fillSecrets(text, encode) {
  return text.replace(/\\{\\{\\s*secret\\.([A-Za-z_][A-Za-z0-9_]*)\\s*\\}\\}/g, (match, name) =>
    name in secretVariables ? encode(__ENV[secretVariables[name]]) : match);
}
`;
}

function ownRequests(
  scenario: Scenario,
  requests: readonly ScenarioRequest[],
  secrets: readonly ScriptSecret[],
): string {
  const { data } = scenario;
  const hasSecrets = secrets.length > 0;
  const rows = source(data, 0);
  const cells = `${rows}.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) =>
  [name, typeof cell === 'string' ? fillSecrets(cell, asItIs) : cell])))`;
  const weighted = requests.map((request, index) => [String(index), request.weight]);
  const bodies = k6BodySupport(requests, source);
  return `/** @param {string} value */
const asItIs = (value) => value;
${hasSecrets ? secretFunctions(secrets) : ''}${bodies.functions}
/** @type {{ name: string, method: string, url: string, headers: Record<string, string>, body: string | null, json: boolean, content?: any, gzip?: boolean, expectRedirect: boolean, redirects: number }[]} */
const requests = ${source(requests.map(ownRequest))};
/** @type {[string, number][]} */
const weights = ${source(weighted, 0)};
/** @type {Record<string, string | number | boolean>[]} */
const rows = new SharedArray('data', () => ${hasSecrets && secretNamesIn(rows).length > 0 ? cells : rows});

/** @param {string} text @param {number} iteration @param {(value: string) => string} encode */
function fill(text, iteration, encode) {
  const row = rows.length > 0 ? rows[iteration % rows.length] : {};
  return ${hasSecrets ? 'fillSecrets(text, encode)' : 'text'}.replace(/\\{\\{\\s*([A-Za-z_][A-Za-z0-9_-]*)\\s*\\}\\}/g, (_match, name) =>
    encode(String(name === 'iteration' ? iteration : row[name])));
}
/** @param {string} value */
const escapeJson = (value) => JSON.stringify(value).slice(1, -1);

function request() {
  const own = requests[Number(draw(weights))];
  const { name, method, url, headers, body, json, expectRedirect, redirects } = own;
  const iteration = exec.scenario.iterationInTest;
  const full = /^https?:/.test(url) ? url : base + url;
  /** @type {Record<string, string>} */
  const filled = {};
  for (const key of Object.keys(headers)) filled[key] = fill(headers[key], iteration, asItIs);
  const sent = ${bodies.bodyOf('own', '(text, encode) => fill(text, iteration, encode)', 'body === null ? null : fill(body, iteration, json ? escapeJson : asItIs)')};
  return http.request(method, fill(full, iteration, encodeURIComponent), sent, {
    timeout,
    tags: { operation: name, name },
    headers: ${k6Headers(scenario, 'filled')},${bodies.compression('own')}
    redirects,
    responseCallback: http.expectedStatuses({ min: 200, max: expectRedirect || redirects > 0 ? 399 : 299 }, 304),
  });
}`;
}

/** Returns the part of a script that sends one request in each iteration. */
function requestScript(scenario: Scenario, secrets: readonly ScriptSecret[]): string {
  const { requests } = scenario;
  return `${requests ? ownRequests(scenario, requests, secrets) : documentRequests(scenario)}

export default function () {
  const response = request();
  const status = response.headers['Cache-Status'];
  if (status !== undefined) cacheHit.add(/;\\s*hit\\b/.test(status));
}
`;
}

const common = [
  'k6 counts from the actual send: it has no response time from the time at which the schedule wanted the request sent.',
  'Operations and keys are drawn by Math.random and not from the seed.',
  'Responses are judged by their status; nothing is audited.',
];

/** The environment variable that overrides the server of a script. */
export const k6BaseVariable = 'BASE_URL';

/**
 * Returns a scenario as a k6 script. It loads `target` unless BASE_URL names another server. Its secrets come from the
 * environment. Throws `usage` for a capacity search.
 */
export function toK6(written: Scenario, target = serviceOrigin): ExportedScenario {
  const { text, differences } = k6Script(written, target);
  return { text, differences };
}

/** A script, its text without the function that writes the summary, and the secrets that it takes from the environment. */
export interface K6Script extends ExportedScenario {
  body: string;
  secrets: readonly ScriptSecret[];
}

/** Returns a scenario as a script. Throws `usage` for a capacity search. */
export function k6Script(written: Scenario, target: string): K6Script {
  const { scenario, secrets } = withNamedSecrets(withWireForms(written, target));
  const origin = baseOf(scenario, target);
  const load = k6Scenarios(scenario.load);
  const { thresholds, differences: missing } = k6Thresholds(scenario);
  const differences = [...common, ...load.differences, ...missing, ...authDifferences(written)];
  differences.push(...transportDifferences(scenario, 'k6'));
  if (requiredMs(scenario.warmup) > 0)
    differences.push(`The warm-up of ${scenario.warmup} is left out: run the script once before.`);
  const { journeys } = scenario;
  if (journeys) differences.push(...k6JourneyDifferences(scenario));
  differences.push(...k6BodyDifferences(scenario.requests ?? []));
  if (followsRedirects(scenario)) differences.push(k6RedirectDifference);
  const timeout = formatDuration(requiredMs(scenario.timeout));
  const options = {
    scenarios: load.scenarios,
    thresholds,
    // Checks and extractions need the bodies.
    discardResponseBodies: journeys === undefined,
    ...(journeys ? { noCookiesReset: scenario.noCookiesReset, noVUConnectionReuse: scenario.noVUConnectionReuse } : {}),
    ...(scenario.setup ? { setupTimeout: scenario.setup.timeout } : {}),
    ...(scenario.teardown ? { teardownTimeout: scenario.teardown.timeout } : {}),
    summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'count'],
  };
  const modules = hasOwnRequests(scenario)
    ? `import exec from 'k6/execution';\nimport { SharedArray } from 'k6/data';\n${k6BodySupport(requestsIn(scenario) ?? [], source).imports}`
    : '';
  const head = [
    `${scenario.name}: a scenario of Proofload for k6 2.2.`,
    '',
    `  k6 run -e ${k6BaseVariable}=${shellWord(origin)} this-file.js`,
    '  proofload import proofload-summary.json',
    '',
    ...describeSecrets(secrets),
    ...(secrets.length > 0 ? [''] : []),
    'What differs from a run of Proofload:',
    ...differences.map((difference) => `- ${difference}`),
  ];
  const body = `/*
${head.map((line) => ` * ${commentLine(line)}`.trimEnd()).join('\n')}
 */
${journeys ? "import { check, sleep } from 'k6';\n" : ''}import http from 'k6/http';
import { Rate } from 'k6/metrics';
${modules}
/** @type {import('k6/options').Options} */
export const options = ${source(options)};

const base = __ENV.${k6BaseVariable} || ${source(origin)};
const timeout = ${source(timeout)};
const cacheHit = new Rate('cache_hit');
${k6TraceFunction(scenario)}
/** Draws by weight. @param {[string, number][]} weighted */
function draw(weighted) {
  let rest = Math.random() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of weighted) {
    rest -= weight;
    if (rest < 0) return name;
  }
  return weighted[0][0];
}

${journeys ? journeyScript(scenario, secrets, source, secretFunctions) : requestScript(scenario, secrets)}

http.setResponseCallback(http.expectedStatuses({ min: 200, max: 399 }));
`;
  const summary = `
/** @param {any} data */
export function handleSummary(data) {
  const about = { scenario: ${source(scenario.name)} };
  return {
    stdout: 'The summary is in proofload-summary.json; proofload import reads it.\\n',
    'proofload-summary.json': JSON.stringify({ ...data, proofload: about }),
  };
}
`;
  return { text: `${body}${summary}`, body, differences, secrets };
}
