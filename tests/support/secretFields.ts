import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { urlTargetSchema } from '../../shared/run/target';
import { scenarioSchema } from '../../shared/scenario/schema';

/*
 * Markers in every field of a scenario and of a target that can hold a secret. Which fields there are, the schemas tell:
 * one that is new is in neither list below, and a test says so.
 */

const list = z.array(z.unknown()).default([]);
const nodeSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  items: z.unknown().optional(),
  prefixItems: list,
  anyOf: list,
  oneOf: list,
});

/** The places of a JSON schema that take text; `{}` stands for the keys of an object that may have any. */
function pathsIn(schema: unknown, path: string): string[] {
  const parsed = nodeSchema.safeParse(schema);
  if (!parsed.success) return [];
  const { properties, additionalProperties, items, prefixItems, anyOf, oneOf, ...node } = parsed.data;
  const isOpen = typeof additionalProperties === 'object';
  const inner: (readonly [of: unknown, where: string])[] = [
    ...Object.entries(properties).map(([key, of]) => [of, `${path}.${key}`] as const),
    ...(isOpen ? [[additionalProperties, `${path}.*`] as const] : []),
    ...(items === undefined ? [] : [[items, `${path}[]`] as const]),
    ...prefixItems.map((of, index) => [of, `${path}[${index}]`] as const),
    ...[...anyOf, ...oneOf].map((of) => [of, path] as const),
  ];
  const isAnything = node.type === undefined && inner.length === 0;
  const takesText = (node.type === 'string' || isAnything) && node.const === undefined && node.enum === undefined;
  return [
    ...(takesText ? [path] : []),
    ...(isOpen ? [`${path}{}`] : []),
    ...inner.flatMap(([of, where]) => pathsIn(of, where)),
  ];
}

/** Every place of a schema that takes text that is not one of a list, such as `requests[].url`. */
function textPaths(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return [...new Set(pathsIn(json, '').map((path) => path.replace(/^\./, '')))].sort();
}

/** All places of a scenario and of a target that take text. */
export function allTextPaths(): string[] {
  return [
    ...textPaths(scenarioSchema),
    ...textPaths(urlTargetSchema)
      .filter((path) => path !== '')
      .map((path) => `target.${path}`),
  ];
}

/** What of bodies and authentication can't hold a secret. */
function harmlessBodyPaths(request: string): Record<string, string> {
  return {
    [`${request}.form{}`]: 'the name of a field',
    [`${request}.multipart[].name`]: 'the name of a field',
    [`${request}.multipart[].file`]: 'the path of a file',
    [`${request}.multipart[].filename`]: 'the name of a file',
    [`${request}.multipart[].contentType`]: 'a media type',
    [`${request}.bodyFile`]: 'the path of a file',
    [`${request}.redirects.hosts[]`]: 'the name of a host',
    [`${request}.auth.clientId`]: 'the name of a client',
    [`${request}.auth.scope`]: 'the names of rights',
    [`${request}.auth.audience`]: 'the name of a service',
    [`${request}.auth.region`]: 'the name of a region',
    [`${request}.auth.service`]: 'the name of a service',
  };
}

const harmlessPlaces: Readonly<Record<string, string>> = {
  $schema: 'where the schema of scenario files is',
  id: 'letters, digits and hyphens, the name of a file',
  'load.duration': 'a duration',
  'load.gracefulStop': 'a duration',
  'load.maxDuration': 'a duration',
  'load.stages[].duration': 'a duration',
  'load.timeUnit': 'a duration',
  'load.scenarios[].name': 'letters, digits, _ and -',
  'load.scenarios[].startTime': 'a duration',
  'load.scenarios[].journeys[]': 'the name of a journey',
  'load.scenarios[].duration': 'a duration',
  'load.scenarios[].gracefulStop': 'a duration',
  'load.scenarios[].maxDuration': 'a duration',
  'load.scenarios[].stages[].duration': 'a duration',
  'load.scenarios[].timeUnit': 'a duration',
  'load.stepDuration': 'a duration',
  'load.confirmDuration': 'a duration',
  warmup: 'a duration',
  timeout: 'a duration',
  'cache.ttl': 'a duration',
  'requests[].headers{}': 'the name of a header',
  ...harmlessBodyPaths('requests[]'),
  ...harmlessBodyPaths('journeys[].steps[]'),
  'journeys[].steps[].headers{}': 'the name of a header',
  'journeys[].steps[].thinkTime': 'a duration',
  'journeys[].steps[].thinkTime.min': 'a duration',
  'journeys[].steps[].thinkTime.max': 'a duration',
  'journeys[].steps[].thinkTime.mean': 'a duration',
  'journeys[].steps[].thinkTime.stddev': 'a duration',
  'journeys[].steps[].extract{}': 'the name of a variable',
  'journeys[].steps[].extract.*.cookie': 'the name of a cookie',
  'journeys[].steps[].extract.*.header': 'the name of a header',
  'journeys[].steps[].extract.*.jsonPath': 'a place in JSON',
  'journeys[].steps[].extract.*.regex': 'what an answer looks like',
  'journeys[].steps[].checks[].header': 'the name of a header',
  'journeys[].steps[].checks[].jsonPath': 'a place in JSON',
  'journeys[].steps[].checks[].matches': 'what a header looks like',
  'journeys[].steps[].checks[].bodyMatches': 'what an answer looks like',
  'journeys[].steps[].checks[].jsonSchema{}': 'a word of JSON schemas',
  'journeys[].steps[].checks[].jsonSchema.*': 'what an answer looks like',
  'variables{}': 'the name of a variable',
  'dataFiles[].name': 'what placeholders call a file',
  'dataFiles[].file': 'the path of a file',
  'data[]{}': 'the name of a column',
  'thresholds.*[]': 'a condition with one number',
  'thresholds.*[].threshold': 'a condition with one number',
  'thresholds.*[].delayAbortEval': 'a duration',
  'target.headers[][0]': 'the name of a header',
  'tls.caFile': 'the path of a file',
  'tls.certFile': 'the path of a file',
  'tls.keyFile': 'the path of a file',
  'tls.serverName': 'the name of a host',
  'target.tls.caFile': 'the path of a file',
  'target.tls.certFile': 'the path of a file',
  'target.tls.keyFile': 'the path of a file',
  'target.tls.serverName': 'the name of a host',
  'target.unixSocket': 'the path of a socket',
  'target.redirects.hosts[]': 'the name of a host',
  'setup.timeout': 'a duration',
  'teardown.timeout': 'a duration',
};

/** Where steps stand: setup and teardown have the same as journeys. */
const placesOfSteps = ['journeys[]', 'setup', 'teardown'] as const;

/** Places that can't hold a secret, and why. */
export const harmlessPaths: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(harmlessPlaces).flatMap(([path, why]) =>
    path.startsWith('journeys[].steps')
      ? placesOfSteps.map((place) => [path.replace('journeys[]', place), why])
      : [[path, why]],
  ),
);

const headers = [
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'Set-Cookie',
  'X-API-Key',
  'X-Auth-Token',
  'X-Amz-Security-Token',
  'X-CSRF-Token',
  'X-Vault-Token',
  'Ocp-Apim-Subscription-Key',
];
const parameters = [
  'password',
  'passwd',
  'pwd',
  'token',
  'api_key',
  'apikey',
  'access_token',
  'refresh_token',
  'id_token',
  'sig',
  'signature',
  'secret',
  'client_secret',
  'clientSecret',
  'auth',
  'session',
  'JSESSIONID',
  'otp',
];

/** A place in which a marker stands, and whether the server gets to see it. */
interface Planted {
  path: string;
  about: string;
  marker: string;
  isSent: boolean;
}

/** Markers that nothing else holds, and where they stand. */
export class Markers {
  readonly planted: Planted[] = [];
  readonly #run = randomBytes(4).toString('hex');

  plant(path: string, about: string, isSent = true): string {
    const marker = `Marker${this.#run}n${String(this.planted.length).padStart(4, '0')}`;
    this.planted.push({ path, about, marker, isSent });
    return marker;
  }

  /** Another form of what is planted, under which it is sent. */
  plantEncoded(path: string, about: string, marker: string, isSent: boolean): void {
    this.planted.push({ path, about, marker, isSent });
  }

  /** Which of the markers stand in bytes. */
  in(bytes: Buffer): Planted[] {
    return this.planted.filter(({ marker }) => bytes.includes(marker));
  }
}

function pairs(markers: Markers, path: string, about: string): [name: string, marker: string][] {
  return parameters.map((name) => [name, markers.plant(path, `${about} ${name}`)]);
}

function formOf(fields: readonly (readonly [name: string, marker: string])[]): string {
  return fields.map((pair) => pair.join('=')).join('&');
}

function query(markers: Markers, path: string): string {
  const nested = encodeURIComponent(`http://127.0.0.1/?token=${markers.plant(path, 'a URL in a query')}`);
  return `${formOf(pairs(markers, path, 'query'))}&next=${nested}`;
}

function headersOf(markers: Markers, path: string): [name: string, value: string][] {
  const referer = `http://127.0.0.1/?sig=${markers.plant(path, 'a URL in a header')}`;
  const lineOf = (name: string): string => {
    const marker = markers.plant(path, `header ${name}`);
    if (name === 'Authorization') return `Bearer ${marker}`;
    return /cookie/i.test(name) ? `name=${marker}; other=1` : marker;
  };
  return [...headers.map((name): [string, string] => [name, lineOf(name)]), ['Referer', referer]];
}

/** Bodies of every kind, each with all parameters. */
function bodiesOf(markers: Markers, path: string): { type: string | undefined; body: unknown }[] {
  const fields = (about: string): Record<string, string> => Object.fromEntries(pairs(markers, path, about));
  const lines = (about: string, line: (name: string, marker: string) => string, between: string): string =>
    pairs(markers, path, about)
      .map((pair) => line(...pair))
      .join(between);
  const boundary = 'boundary-of-the-form';
  return [
    { type: undefined, body: fields('JSON') },
    { type: undefined, body: { a: [{ deep: fields('deep JSON') }], credentials: [markers.plant(path, 'JSON list')] } },
    { type: undefined, body: [fields('JSON in a list')] },
    { type: 'application/json', body: JSON.stringify(fields('JSON text')) },
    { type: 'application/json', body: JSON.stringify({ text: JSON.stringify(fields('JSON in JSON')) }) },
    {
      type: 'application/json',
      body: `{"n": {{iteration}}, ${lines('JSON around a placeholder', (n, m) => `"${n}": "${m}"`, ', ')}}`,
    },
    { type: undefined, body: lines('form', (name, marker) => `${name}=${marker}`, '&') },
    {
      type: `multipart/form-data; boundary=${boundary}`,
      body: `${lines('multipart', (name, marker) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${marker}\r\n`, '')}--${boundary}--`,
    },
    { type: 'text/xml', body: `<a>${lines('XML', (name, marker) => `<${name} x="1">${marker}</${name}>`, '')}</a>` },
    { type: 'text/yaml', body: lines('lines', (name, marker) => `${name}: ${marker} and more`, '\n') },
    { type: 'text/plain', body: `log in at http://127.0.0.1/?token=${markers.plant(path, 'a URL in a text')}` },
    {
      type: 'application/json',
      body: JSON.stringify({
        query: `mutation { login(user: "u", password: "${markers.plant(path, 'GraphQL')}") { id } }`,
      }),
    },
  ];
}

/** Requests with bodies that are no text and no JSON, each with all parameters. */
function otherBodiesOf(markers: Markers, request: string): object[] {
  const fields = (path: string, about: string): [name: string, marker: string][] => pairs(markers, path, about);
  const lists = fields(`${request}.form.*[]`, 'fields of a form').map(([name, marker]) => [name, [marker]]);
  const inBase64 = btoa(formOf(fields(`${request}.bodyBase64`, 'bytes')));
  markers.plantEncoded(`${request}.bodyBase64`, 'base64', inBase64, false);
  return [
    { form: Object.fromEntries(fields(`${request}.form.*`, 'a form')) },
    { form: Object.fromEntries(lists) },
    { multipart: fields(`${request}.multipart[].value`, 'parts').map(([name, value]) => ({ name, value })) },
    { bodyBase64: inBase64 },
    ...authOf(markers, `${request}.auth`),
  ].map((body, index) => ({ name: `other body ${index}`, method: 'POST', url: `/other/${index}`, ...body }));
}

/** Authentication of every kind; `/token` gives a token. */
function authOf(markers: Markers, path: string): object[] {
  const [username, password] = ['username', 'password'].map((field) => markers.plant(`${path}.${field}`, field, false));
  markers.plantEncoded(`${path}.password`, 'Basic', btoa(`${username}:${password}`), true);
  const planted = (field: string, isSent = true): string => markers.plant(`${path}.${field}`, field, isSent);
  const key = { accessKeyId: planted('accessKeyId'), secretAccessKey: planted('secretAccessKey', false) };
  const client = { clientId: 'load', clientSecret: planted('clientSecret'), clientAuthentication: 'body' };
  return [
    { auth: { type: 'basic', username, password } },
    { auth: { type: 'bearer', token: planted('token') } },
    { auth: { type: 'oauth2', tokenUrl: `/token?key=1&token=${planted('tokenUrl')}`, ...client } },
    { auth: { type: 'aws-sigv4', ...key, sessionToken: planted('sessionToken'), region: 'eu', service: 'shop' } },
  ];
}

/** A URL with a user and a password, which are sent as a header where there is no other. */
function withUserinfo(markers: Markers, url: string, path: string, isSent: boolean): string {
  const user = `${markers.plant(path, 'user of a URL', false)}:${markers.plant(path, 'password of a URL', false)}`;
  markers.plantEncoded(path, 'Basic of a URL', btoa(user), isSent);
  return url.replace('://', `://${user}@`);
}

/** The file of a scenario with a marker in all places, for a server at `url`; `/echo` is asked for by one request. */
export function guardedScenario(markers: Markers, url: string): object {
  const text = (path: string): string => `of http://user:${markers.plant(path, 'a URL in a name', false)}@127.0.0.1/`;
  const name = text('requests[].name');
  const requests = [
    {
      name,
      url: `/echo?${query(markers, 'requests[].url')}`,
      headers: Object.fromEntries(headersOf(markers, 'requests[].headers.*')),
    },
    { url: withUserinfo(markers, `${url}echo/user`, 'requests[].url', true) },
    { url: `/path;jsessionid=${markers.plant('requests[].url', 'parameter of a path')}/a` },
    { url: '/data?token={{t}}', headers: { 'X-Auth-Token': 'v-{{used}}', 'X-Other': '{{password}}' } },
    ...bodiesOf(markers, 'requests[].body').map(({ type, body }, index) => ({
      name: `body ${index}`,
      method: 'POST',
      url: `/body/${index}`,
      ...(type === undefined ? {} : { headers: { 'Content-Type': type } }),
      body,
    })),
    ...otherBodiesOf(markers, 'requests[]'),
  ];
  const row = (): Record<string, string> => ({
    t: markers.plant('data[].*', 'a cell for a query'),
    used: markers.plant('data[].*', 'a cell for a header'),
    password: markers.plant('data[].*', 'a column by its name'),
  });
  return {
    schema: 'proofload.scenario/1',
    id: 'guarded',
    name: text('name'),
    description: text('description'),
    load: { executor: 'shared-iterations', vus: 2, iterations: 400, maxDuration: '20s' },
    requests,
    // The server takes requests for itself in absolute form.
    proxy: withUserinfo(markers, url.replace(/\/$/, ''), 'proxy', true),
    data: [row(), row()],
    thresholds: {
      http_req_failed: ['rate<1'],
      [`http_req_duration{operation:${name}}`]: ['p(95)<10000'],
      [`http_req_failed{operation:of http://user:${markers.plant('thresholds{}', 'an operation', false)}@127.0.0.1/}`]:
        ['rate<1'],
    },
  };
}

/** Steps with a marker in all places that steps have. */
function guardedSteps(markers: Markers, step: string): object[] {
  const text = (path: string): string => `of http://user:${markers.plant(path, 'a URL in a name', false)}@127.0.0.1/`;
  const expected = (path: string, about: string): string =>
    `http://127.0.0.1/?token=${markers.plant(path, about, false)}`;
  return [
    {
      name: text(`${step}.name`),
      url: `/echo?${query(markers, `${step}.url`)}`,
      headers: Object.fromEntries(headersOf(markers, `${step}.headers.*`)),
      checks: [
        { name: text(`${step}.checks[].name`), bodyContains: expected(`${step}.checks[].bodyContains`, 'text') },
        { header: 'Location', contains: expected(`${step}.checks[].contains`, 'a part of a header') },
        { header: 'Location', equals: expected(`${step}.checks[].equals`, 'a header') },
        { jsonPath: '$.url', equals: expected(`${step}.checks[].equals`, 'a value') },
        { header: 'X-API-Key', equals: markers.plant(`${step}.checks[].equals`, 'a header by its name', false) },
        { jsonPath: '$.user.password', equals: markers.plant(`${step}.checks[].equals`, 'a value by its path', false) },
        { jsonPath: '$.of', equals: { password: markers.plant(`${step}.checks[].equals`, 'an object', false) } },
      ],
      onFailure: 'continue',
    },
    { url: '/variables?token={{t}}', headers: { 'X-Auth-Token': 'v-{{used}}', 'X-Other': '{{password}}' } },
    ...bodiesOf(markers, `${step}.body`).map(({ type, body }, index) => ({
      name: `body ${index}`,
      method: 'POST',
      url: `/body/${index}`,
      ...(type === undefined ? {} : { headers: { 'Content-Type': type } }),
      body,
      onFailure: 'continue',
    })),
    ...otherBodiesOf(markers, step).map((other) => ({ ...other, onFailure: 'continue' })),
  ];
}

/** The file of a scenario with journeys with a marker in all places that journeys have, for any server. */
export function guardedJourneys(markers: Markers): object {
  const name = `of http://user:${markers.plant('journeys[].name', 'a URL in a name', false)}@127.0.0.1/`;
  return {
    schema: 'proofload.scenario/1',
    id: 'guarded-journeys',
    name: 'Journeys',
    load: { executor: 'shared-iterations', vus: 1, iterations: 3, maxDuration: '20s' },
    variables: {
      t: markers.plant('variables.*', 'a variable for a query'),
      used: markers.plant('variables.*', 'a variable for a header'),
      password: markers.plant('variables.*', 'a variable by its name'),
    },
    setup: { steps: guardedSteps(markers, 'setup.steps[]') },
    journeys: [{ name, steps: guardedSteps(markers, 'journeys[].steps[]') }],
    teardown: { steps: guardedSteps(markers, 'teardown.steps[]') },
    thresholds: { checks: ['rate>=0'] },
  };
}

/** The arguments of a run of one URL with a marker in all places. */
export function guardedTarget(markers: Markers, url: string): string[] {
  return [
    '--url',
    `${withUserinfo(markers, `${url}echo`, 'target.url', false)}?${query(markers, 'target.url')}`,
    ...headersOf(markers, 'target.headers[][1]').flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    '-d',
    formOf(pairs(markers, 'target.body', 'form')),
  ];
}

/** The places in which markers stand. */
export function plantedPaths({ planted }: Markers): string[] {
  return [...new Set(planted.map(({ path }) => path))];
}
