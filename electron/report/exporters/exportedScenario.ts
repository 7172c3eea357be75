import { bodyText, documentId, tenantName } from '../../../shared/documents/dataset';
import { documentStatuses } from '../../../shared/documents/document';
import { fullUrl, hasSecretUser, wireUrl } from '../../../shared/http/wireUrl';
import { isRequestStep, type Journey, type RequestStep } from '../../../shared/scenario/journeys';
import { type RequestFields, requestName } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { allJourneys, hasOwnRequests, namedSteps, withoutDisabled } from '../../../shared/scenario/steps';
import { hasTlsOptions } from '../../../shared/scenario/tlsOptions';
import { type NamedSecret, nameSecrets } from '../../../shared/secrets/nameSecrets';
import { redactScenario } from '../../../shared/secrets/redactRun';
import { secretNamesIn, secretVariable } from '../../../shared/secrets/reference';
import { seededStream } from '../../../shared/statistics/random';
import { printableLine } from '../../../shared/text/printable';
import { withAuthInPlace } from './exportedAuth';

/** Returns a sentence for each transport setting that is not in a script. k6 negotiates HTTP/2 by itself. */
export function transportDifferences(
  { proxy, httpVersion = '1.1', tls }: Pick<Scenario, 'proxy' | 'httpVersion' | 'tls'>,
  tool: 'k6' | 'Artillery',
): string[] {
  const isLost = tool === 'k6' ? httpVersion === '2-prior-knowledge' : httpVersion !== '1.1';
  return [
    ...(proxy === undefined
      ? []
      : ['The proxy is left out: name it in the environment variables HTTP_PROXY and HTTPS_PROXY.']),
    ...(isLost ? [`HTTP/2 is left out: ${tool} speaks it ${tool === 'k6' ? 'with TLS only' : 'not at all'}.`] : []),
    ...(tls && hasTlsOptions(tls)
      ? [
          `TLS options are left out: ${tool === 'k6' ? 'k6 has insecureSkipTLSVerify and tlsAuth in its options' : 'Artillery has config.tls'}.`,
        ]
      : []),
  ];
}

/** A scenario as a script for another tool, and how its run differs from one of Proofload. */
export interface ExportedScenario {
  text: string;
  /** One sentence for each difference. */
  differences: readonly string[];
}

/** The origin of the built-in service when it is started on its own, by `proofload serve`. */
export const serviceOrigin = 'http://127.0.0.1:8080';

/**
 * Returns the URL that a script adds its paths to. For a scenario with its own requests, it is the origin of the
 * target. For requests to the document service, it is the target without its query, and may have a path. Throws `usage`
 * for a target that is not an http(s) URL.
 */
export function baseOf(scenario: Pick<Scenario, 'requests' | 'journeys'>, target: string): string {
  const { origin, target: path } = wireUrl(target);
  return hasOwnRequests(scenario) ? origin : `${origin}${path.replace(/\?.*$/, '').replace(/\/+$/, '')}`;
}

type Change = (step: RequestStep) => RequestStep;

/** Returns journeys with `change` applied to their requests. */
function mapSteps<Steps extends Pick<Journey, 'steps'>>(journeys: readonly Steps[], change: Change): Steps[] {
  return journeys.map((journey) => ({
    ...journey,
    steps: journey.steps.map((step) => (isRequestStep(step) ? change(step) : step)),
  }));
}

/** Returns the header for the encodings that a request accepts, unless the request has that header itself. */
function encodingHeader({ acceptEncoding, headers }: RequestFields): Record<string, string> {
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'accept-encoding');
  return acceptEncoding && !isNamed ? { 'Accept-Encoding': acceptEncoding.join(', ') } : {};
}

/** Returns setup and teardown with `change` applied to their requests. */
function mapLifecycle({ setup, teardown }: Pick<Scenario, 'setup' | 'teardown'>, change: Change) {
  const [changedSetup] = setup ? mapSteps([setup], change) : [];
  const [changedTeardown] = teardown ? mapSteps([teardown], change) : [];
  return {
    ...(changedSetup ? { setup: changedSetup } : {}),
    ...(changedTeardown ? { teardown: changedTeardown } : {}),
  };
}

/** Returns a request as a run against `target` sends it. */
function inWireForm<Request extends RequestFields>(given: Request, target: string): Request {
  const request = withAuthInPlace(given, target);
  const wire = wireUrl(request.url, target);
  const { authorization } = wire;
  const isHere = wire.origin === wireUrl(target).origin && !hasSecretUser(wire);
  const isNamed = Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization');
  const isHeader = authorization !== undefined && !isNamed && !hasSecretUser(wire);
  return {
    ...request,
    // Response times are recorded under the name of the original request.
    name: requestName(request),
    url: isHere ? wire.target : fullUrl(wire),
    headers: {
      ...(isHeader ? { Authorization: authorization } : {}),
      ...encodingHeader(request),
      ...request.headers,
    },
  };
}

/**
 * Returns the scenario without disabled requests, and the others as a run against `target` sends them: with a path on
 * that server, or else the full URL, and with the user of a URL in a header. Throws `usage` for a URL that is not
 * http(s).
 */
export function withWireForms(scenario: Scenario, target: string): Scenario {
  const { requests, journeys } = withoutDisabled(scenario);
  if (requests) return { ...scenario, requests: requests.map((request) => inWireForm(request, target)) };
  if (!journeys) return scenario;
  // A URL that begins with a placeholder is a link from a response.
  const asLink = (step: RequestStep): RequestStep => {
    const request = withAuthInPlace(step, target);
    return { ...request, headers: { ...encodingHeader(request), ...request.headers } };
  };
  const inForm = (step: RequestStep): RequestStep =>
    step.url.startsWith('{{') ? asLink(step) : inWireForm(step, target);
  return { ...scenario, journeys: mapSteps(journeys, inForm), ...mapLifecycle(scenario, inForm) };
}

/** Returns the values that the requests to the document service are made of. */
export function documentContent({ dataset, seed }: Pick<Scenario, 'dataset' | 'seed'>) {
  return {
    statuses: documentStatuses,
    tenants: Array.from({ length: dataset.tenants }, (_, index) => tenantName(index)),
    documents: Array.from({ length: dataset.documentsPerTenant }, (_, index) => documentId(index)),
    body: bodyText(dataset.documentBytes, seededStream(seed, 'export')),
  };
}

/** A secret that a script takes from the environment. */
export interface ScriptSecret {
  /** The name by which the scenario refers to it. */
  name: string;
  /** The environment variable that holds it, the same as for Proofload itself. */
  variable: string;
  /** What it is for, such as `Authorization`; undefined for one that the scenario itself refers to by name. */
  about: string | undefined;
  /** The value in the scenario; undefined for a secret that the scenario itself refers to by name. */
  value: string | undefined;
}

/**
 * Returns a scenario without secret values. Each value is replaced by a reference, `{{secret.NAME}}`. A script takes it
 * from an environment variable.
 */
export function withNamedSecrets(scenario: Scenario): { scenario: Scenario; secrets: readonly ScriptSecret[] } {
  const { requests, journeys, data } = scenario;
  const shown = redactScenario({ ...scenario, data: [] });
  const { name, load, thresholds } = shown;
  if (journeys) return withNamedStepSecrets({ ...scenario, name, load, thresholds }, journeys, shown);
  if (!requests) return { scenario: { ...scenario, name, thresholds }, secrets: [] };
  const referred = secretNamesIn(JSON.stringify(requests));
  const { work, secrets } = nameSecrets({ requests, data }, referred);
  return {
    scenario: { ...scenario, name, thresholds, requests: [...work.requests], data: work.data },
    secrets: scriptSecrets(referred, secrets),
  };
}

function scriptSecrets(referred: readonly string[], named: readonly NamedSecret[]): ScriptSecret[] {
  return [
    ...referred.map((known) => ({ name: known, variable: secretVariable(known), about: undefined, value: undefined })),
    ...named.map(({ name, about, value }) => ({ name, variable: secretVariable(name), about, value })),
  ];
}

/** Replaces the secrets of journeys by references. Names and checks come from `shown`, in which secrets are hidden. */
function withNamedStepSecrets(
  scenario: Scenario,
  journeys: readonly Journey[],
  shown: Scenario,
): { scenario: Scenario; secrets: readonly ScriptSecret[] } {
  const { data, variables = {} } = scenario;
  const steps = namedSteps(allJourneys(scenario)).map(({ request }) => request);
  const shownSteps = namedSteps(allJourneys(shown)).map(({ request }) => request);
  const referred = secretNamesIn(JSON.stringify(steps));
  const texts = Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[name, value]])),
  );
  // Variables fill requests as a row of data does.
  const { work, secrets } = nameSecrets({ requests: steps, data: [texts, ...data] }, referred);
  const [constants = {}, ...rows] = work.data;
  const named = work.requests.map((step, index) => ({ ...step, checks: shownSteps[index]?.checks ?? [] }));
  let next = 0;
  const change: Change = (step) => named[next++] ?? step;
  return {
    scenario: {
      ...scenario,
      journeys: mapSteps(journeys, change).map((journey, index) => ({
        ...journey,
        name: shown.journeys?.[index]?.name ?? journey.name,
      })),
      ...mapLifecycle(scenario, change),
      ...(scenario.variables ? { variables: { ...variables, ...constants } } : {}),
      data: rows,
    },
    secrets: scriptSecrets(referred, secrets),
  };
}

/** Returns the lines about secrets for the head of a script; none for a script without secrets. */
export function describeSecrets(secrets: readonly ScriptSecret[]): string[] {
  if (secrets.length === 0) return [];
  return [
    'Its secrets are not in it. They come from these environment variables:',
    ...secrets.map(({ variable, about }) => `- ${variable}${about === undefined ? '' : `, for ${about}`}`),
  ];
}

/** Returns a line for a comment of a script. The line can neither end the comment nor begin a new line. */
export function commentLine(text: string): string {
  return printableLine(text).replaceAll('*/', '* /').replaceAll('-->', '-- >');
}

/** Quotes a word of a command line for a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w.:/[\]@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
