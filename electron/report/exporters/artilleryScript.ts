import { stringify } from 'yaml';
import { ProofloadError } from '../../../shared/errors/appError';
import { requestName } from '../../../shared/scenario/requests';
import { type Load, type OperationName, operationNames, type Scenario } from '../../../shared/scenario/schema';
import { followsRedirects } from '../../../shared/scenario/singleRequests';
import { durationMsOf, requiredMs, unitsPerSecond } from '../../../shared/scenario/timing';
import { secretReference, secretVariable } from '../../../shared/secrets/reference';
import { printable, printableJson } from '../../../shared/text/printable';
import { isWhole } from '../../../shared/thresholds/evaluate';
import { rulesOf, type ThresholdRule } from '../../../shared/thresholds/rules';
import { artilleryJourneys } from './artilleryJourneys';
import { type Phase, type PlannedPhase, type Share, wholeShare, writtenPhases } from './artilleryPhases';
import { artilleryReport } from './artilleryReport';
import { type ArtilleryStep, bodyDifferences, ownRequest, redirectFields } from './artilleryRequests';
import { authDifferences } from './exportedAuth';
import {
  baseOf,
  commentLine,
  describeSecrets,
  documentContent,
  type ExportedScenario,
  type ScriptSecret,
  serviceOrigin,
  transportDifferences,
  withNamedSecrets,
  withWireForms,
} from './exportedScenario';

/*
 * A scenario as a script for Artillery 2.0.34: phases of arrivals, in which each virtual user sends one request or goes
 * through one journey. Artillery has no closed model. Its own ramps change the rate once a second, so ramps are written
 * as flat phases.
 */

/** The maximum number of flat phases in a ramp. Each lasts at least a second. */
const maxSteps = 20;
/** The assumed rate of each user, in requests per second, where only the duration is known. */
const assumedRate = 10;

function rampPhases(fromRate: number, toRate: number, durationMs: number, name: string): PlannedPhase[] {
  const steps = fromRate === toRate ? 1 : Math.max(1, Math.min(maxSteps, Math.floor(durationMs / 1_000)));
  return Array.from({ length: steps }, (_, step) => ({
    name: steps === 1 ? name : `${name}, ${step + 1} of ${steps}`,
    durationMs: durationMs / steps,
    // The mean rate of the step, so that the number of arrivals is that of the ramp.
    rate: fromRate + ((toRate - fromRate) * (step + 0.5)) / steps,
  })).filter((phase) => Math.round(phase.durationMs) > 0);
}

interface ArtilleryLoad {
  phases: PlannedPhase[];
  /** How many times each user sends its request or goes through its journey; undefined for once. */
  loops: number | undefined;
  differences: string[];
}

function usersPhase(users: number): PlannedPhase {
  return { name: 'users', durationMs: 1_000, users };
}

const closed = 'Artillery has no closed model: the users arrive together, make a number of requests each, and end.';

/** Returns a load as phases. Throws `usage` for a capacity search. */
function artilleryLoad(load: Load): ArtilleryLoad {
  switch (load.executor) {
    case 'constant-arrival-rate': {
      const rate = load.rate * unitsPerSecond(load);
      const phases = rampPhases(rate, rate, requiredMs(load.duration), 'load').map((phase) => ({
        ...phase,
        maxVusers: load.maxVUs,
      }));
      return { phases, loops: undefined, differences: arrivals(load.arrivals) };
    }
    case 'ramping-arrival-rate': {
      const perSecond = unitsPerSecond(load);
      const phases = load.stages.flatMap(({ duration, target }, index) => {
        const from = load.stages[index - 1]?.target ?? load.startRate;
        return rampPhases(from * perSecond, target * perSecond, requiredMs(duration), `stage ${index}`);
      });
      const ramps = `Ramps are flat phases of at most ${maxSteps} steps with the same number of requests.`;
      return { phases, loops: undefined, differences: [...arrivals(load.arrivals), ramps] };
    }
    case 'constant-vus':
    case 'ramping-vus': {
      const vus =
        load.executor === 'constant-vus'
          ? load.vus
          : Math.max(...load.stages.map(({ target }) => target), load.startVUs);
      const loops = Math.max(1, Math.round((durationMsOf(load) / 1_000) * assumedRate));
      const guess = `Each of the ${vus} users makes ${loops} requests, ${assumedRate} for each second of the scenario: change "count" to what a user really makes.`;
      return { phases: [usersPhase(vus)], loops, differences: [closed, guess] };
    }
    case 'per-vu-iterations':
      return {
        phases: [usersPhase(load.vus)],
        loops: load.iterations,
        differences: [closed],
      };
    case 'shared-iterations':
      return {
        phases: [usersPhase(load.vus)],
        loops: Math.max(1, Math.round(load.iterations / load.vus)),
        differences: [closed, 'The iterations are divided evenly, however long a user takes for one.'],
      };
    case 'scenarios':
      throw new ProofloadError(
        'usage',
        'several scenarios in one run are not written for Artillery',
        'export a k6 script, or a scenario with one load',
      );
    case 'capacity-search':
      throw new ProofloadError(
        'usage',
        'other tools have no capacity search',
        'export a level with a rate, such as level-2',
      );
  }
}

function arrivals(process: 'even' | 'poisson'): string[] {
  if (process === 'even') return [];
  return ['The arrival process differs: Artillery spaces arrivals evenly, the scenario has a Poisson process.'];
}

const percentileNames: ReadonlyMap<number, string> = new Map([
  [50, 'median'],
  [75, 'p75'],
  [90, 'p90'],
  [95, 'p95'],
  [99, 'p99'],
  [99.9, 'p999'],
]);

function limitOf({ threshold }: ThresholdRule): Record<string, number> | undefined {
  const { metric, aggregation, operator, limit, secondsHeld, isRelative } = threshold;
  if (metric !== 'http_req_duration' || aggregation.kind !== 'percentile') return undefined;
  if (!operator.startsWith('<') || !isWhole(threshold) || secondsHeld || isRelative) return undefined;
  const name = percentileNames.get(aggregation.percentile);
  return name === undefined ? undefined : { [`http.response_time.${name}`]: limit };
}

/** Returns the thresholds for the plugin `ensure`, and a sentence for each one that is left out. */
function ensureOf({ thresholds }: Pick<Scenario, 'thresholds'>): {
  ensure: Record<string, unknown>;
  differences: string[];
} {
  const limits: Record<string, number>[] = [];
  const differences: string[] = [];
  let maxErrorRate: number | undefined;
  for (const rule of rulesOf(thresholds)) {
    const limit = limitOf(rule);
    const { metric, operator, stage, isRelative } = rule.threshold;
    if (limit) limits.push(limit);
    else if (metric === 'http_req_failed' && operator.startsWith('<') && stage === undefined && !isRelative)
      maxErrorRate = Number((rule.threshold.limit * 100).toPrecision(6));
    else differences.push(`The threshold ${rule.metric} ${rule.expression} is left out: Artillery has none like it.`);
  }
  return {
    ensure: { thresholds: limits, ...(maxErrorRate === undefined ? {} : { maxErrorRate }) },
    differences,
  };
}

function documentRequest(operation: OperationName, { queryLimit }: Scenario, body: string): ArtilleryStep {
  const document = '/tenants/{{ tenant }}/documents/{{ document }}';
  const collection = '/tenants/{{ tenant }}/documents';
  const json = {
    status: '{{ status }}',
    title: 'artillery {{ $randomNumber(1, 1000000000) }}',
    owner: 'owner-{{ $randomNumber(0, 49) }}',
    category: 'report',
    priority: 1,
    tags: ['tag-{{ $randomNumber(0, 19) }}'],
    body,
  };
  switch (operation) {
    case 'read':
      return { get: { url: document } };
    case 'query':
      return { get: { url: `${collection}?status={{ status }}&limit=${queryLimit}` } };
    case 'update':
      return { put: { url: document, json } };
    case 'insert':
      return { post: { url: collection, json } };
  }
}

/** Turns columns into lists that each user draws from: the cells of a row no longer belong together. */
function columnsOf(data: Scenario['data']): Record<string, unknown[]> {
  const columns: Record<string, unknown[]> = {};
  for (const row of data)
    for (const [name, cell] of Object.entries(row)) columns[name] = [...(columns[name] ?? []), cell];
  return columns;
}

interface Traffic {
  variables: Record<string, readonly unknown[]>;
  flows: { name: string; weight: number; steps: ArtilleryStep[] }[];
  /** The flows that run before and after all users. */
  parts: Record<string, { flow: ArtilleryStep[] }>;
  plugins: Record<string, unknown>;
  differences: string[];
}

/** The maximum sum of all weights: Artillery builds a list with a hundred entries for each unit of weight. */
const maxWeights = 10_000;

/** Returns whole weights, because Artillery truncates fractions. */
function wholeWeights(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum <= maxWeights && weights.every(Number.isInteger)) return [...weights];
  return weights.map((weight) => Math.max(1, Math.round((weight / sum) * maxWeights)));
}

function trafficOf(scenario: Scenario, isLoop: boolean): Traffic {
  const { requests, journeys, data, operations } = scenario;
  if (journeys) {
    const { ranges, differences, ...flows } = artilleryJourneys(scenario, isLoop);
    return { ...flows, variables: { ...columnsOf(data), ...ranges }, differences };
  }
  if (requests) {
    const differences = bodyDifferences(requests);
    if (followsRedirects(scenario))
      differences.push('Artillery follows redirects to any server, and counts them as one request.');
    if (data.length > 0) differences.push('Cells of data are drawn one by one: those of a row do not stay together.');
    if (/\{\{\s*iteration\s*\}\}/.test(JSON.stringify(requests)))
      differences.push('{{iteration}} has no counterpart: put $randomNumber or $uuid in its place.');
    const flows = requests.map((request) => ({
      name: requestName(request),
      weight: request.weight,
      steps: [{ [request.method.toLowerCase()]: { ...redirectFields(request), ...ownRequest(request) } }],
    }));
    return { variables: columnsOf(data), flows, parts: {}, plugins: {}, differences };
  }
  const { statuses, tenants, documents, body } = documentContent(scenario);
  const flows = operationNames
    .filter((name) => operations[name] > 0)
    .map((name) => ({ name, weight: operations[name], steps: [documentRequest(name, scenario, body)] }));
  const differences =
    scenario.keys.distribution === 'uniform' ? [] : ['Keys are drawn evenly: Artillery has no zipfian distribution.'];
  const variables = { tenant: tenants, document: documents, status: statuses };
  return { variables, flows, parts: {}, plugins: {}, differences };
}

const yamlOptions = { lineWidth: 0, aliasDuplicateObjects: false } as const;

/**
 * Returns a script as YAML. Characters that terminals and editors act on are escaped, which only quoted texts allow.
 */
function yamlOf(script: unknown): string {
  const plain = stringify(script, yamlOptions);
  if (printable(plain) === plain) return plain;
  const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' } as const;
  return printableJson(stringify(script, { ...yamlOptions, ...quoted }));
}

/** Replaces references to secrets by environment variables in every text of a value. */
function withEnvironment<Value>(value: Value): Value;
function withEnvironment(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll(secretReference, (_all, name: string) => `{{ $env.${secretVariable(name)} }}`);
  if (Array.isArray(value)) return value.map((item: unknown) => withEnvironment(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withEnvironment(item)]));
}

/**
 * Returns a scenario as an Artillery script that loads `target`. Its secrets come from the environment. Throws `usage`
 * for a capacity search.
 */
export function toArtillery(written: Scenario, target = serviceOrigin): ExportedScenario {
  const { script, scenario, secrets, differences } = artilleryScript(written, target);
  const head = [
    ` ${scenario.name}: a scenario of Proofload for Artillery 2.`,
    '',
    '   artillery run -o report.json this-file.yml',
    '   proofload import report.json',
    '',
    ...describeSecrets(secrets).map((line) => ` ${line}`),
    ...(secrets.length > 0 ? [''] : []),
    ' What differs from a run of Proofload:',
    ...differences.map((difference) => ` - ${difference}`),
  ];
  const comment = head.map((line) => `#${commentLine(line)}\n`).join('');
  return {
    text: `${comment}${yamlOf(script)}`,
    differences,
  };
}

/**
 * An Artillery script as a value, how it differs from the scenario, and the secrets that it takes from the environment.
 */
export interface ArtilleryScript {
  script: {
    config: { phases: Phase[]; plugins: Record<string, unknown> } & Record<string, unknown>;
    scenarios: { name: string; weight: number; flow: ArtilleryStep[] }[];
  };
  /** The scenario with secrets replaced by their names. */
  scenario: Scenario;
  secrets: readonly ScriptSecret[];
  differences: string[];
}

/**
 * Returns an Artillery script as a value, for the whole load or the share of it that one of several scripts generates.
 * Throws `usage` for a capacity search.
 */
export function artilleryScript(written: Scenario, target: string, share: Share = wholeShare): ArtilleryScript {
  const { scenario, secrets } = withNamedSecrets(withWireForms(written, target));
  const { phases, loops, differences: ofLoad } = artilleryLoad(scenario.load);
  const { ensure, differences: ofThresholds } = ensureOf(scenario);
  const { variables, flows, parts, plugins, differences: ofTraffic } = trafficOf(scenario, loops !== undefined);
  const differences = [
    artilleryReport.responseTime,
    'Operations and keys are drawn at random and not from the seed; responses are judged by their status only.',
    ...(scenario.tracing === undefined ? [] : ['Requests carry no trace context: Artillery has a plugin for that.']),
    ...ofLoad,
    ...ofTraffic,
    ...ofThresholds,
    ...authDifferences(written),
    ...transportDifferences(scenario, 'Artillery'),
  ];
  if (secrets.length > 0)
    differences.push('Artillery does not encode what it fills in: a secret in a URL is set as the URL has it.');
  if (requiredMs(scenario.warmup) > 0)
    differences.push(`The warm-up of ${scenario.warmup} is left out: run the script once before.`);
  const weights = wholeWeights(flows.map(({ weight }) => weight));
  const script: ArtilleryScript['script'] = {
    config: {
      target: baseOf(scenario, target),
      // Single requests share a pool of connections, as in Proofload; users with a journey have their own connections.
      http: { ...(scenario.journeys ? {} : { pool: 50 }), timeout: Math.round(requiredMs(scenario.timeout)) / 1_000 },
      phases: writtenPhases(phases, share),
      variables: withEnvironment(variables),
      plugins: { ensure, ...plugins },
    },
    ...withEnvironment(parts),
    scenarios: flows.map(({ name, steps }, index) => ({
      name,
      weight: weights[index] ?? 1,
      flow: withEnvironment(loops === undefined ? steps : [{ loop: steps, count: loops }]),
    })),
  };
  return { script, scenario, secrets, differences };
}
