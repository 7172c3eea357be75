import { type EngineConfig, engineConfigSchema, optionFields } from '../../shared/engines/config';
import { type EngineId, engineIdSchema, engineIds } from '../../shared/engines/engine';
import { ProofloadError, type Result } from '../../shared/errors/appError';
import { type WireUrl, wireUrl } from '../../shared/http/wireUrl';
import { type Target, type UrlTarget, urlTargetSchema } from '../../shared/run/target';
import { loadSentence } from '../../shared/scenario/describe';
import { applyOverrides, isOverridden, isShortened, type ScenarioOverrides } from '../../shared/scenario/overrides';
import { describeIssues } from '../../shared/scenario/parse';
import type { Scenario } from '../../shared/scenario/schema';
import { hasRedacted } from '../../shared/secrets/redactRun';
import { isAlive } from '../system/processes';
import type { HostGuard } from './hosts/hostGuard';
import type { RunRequest } from './runContract';
import { newRunId } from './runId';

/** The environment variable that chooses the default engine everywhere, before what was chosen in the window. */
const storageVariable = 'PROOFLOAD_STORAGE';
/** The modes of the report's third option: fast while stressing, real files while integrating. */
const profiles: Record<string, EngineId> = { stress: 'memory', integration: 'sqlite' };
const switches: Record<string, boolean> = { true: true, false: false, on: true, off: false };

/** The value of a result; throws its error. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw ProofloadError.of(result.error);
}

/** Parses an engine's id. Throws `engine-unknown`. */
export function parseEngine(name: string): EngineId {
  const parsed = engineIdSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new ProofloadError(
    'engine-unknown',
    `there is no storage engine ${name}`,
    `the engines are ${engineIds.join(', ')}; PROOFLOAD_STORAGE takes the profiles stress and integration as well`,
  );
}

/** The engine that PROOFLOAD_STORAGE names, itself or by a profile; undefined without it. Throws `engine-unknown`. */
export function engineFromEnvironment(env: NodeJS.ProcessEnv = process.env): EngineId | undefined {
  const name = env[storageVariable];
  if (!name) return undefined;
  return Object.hasOwn(profiles, name) ? profiles[name] : parseEngine(name);
}

/** An option of an engine as it is typed: a name and a text. */
export type TypedOption = readonly [name: string, text: string];

/**
 * An engine with options as they are typed, the others as they are by default or in `base`. Throws `usage` for one that
 * it does not have, or a value that is not its.
 */
export function configureEngine(
  engine: EngineId,
  typed: readonly TypedOption[],
  base: Readonly<Record<string, unknown>> = {},
): EngineConfig {
  const fields = optionFields(engine);
  const options: Record<string, unknown> = { ...base };
  for (const [name, text] of typed) {
    const field = fields.find((candidate) => candidate.name === name);
    if (!field) {
      throw new ProofloadError(
        'usage',
        `${engine} has no option ${name}`,
        fields.length > 0 ? `its options are ${fields.map((known) => known.name).join(', ')}` : 'it has no options',
      );
    }
    options[name] = field.type === 'number' ? Number(text) : field.type === 'switch' ? (switches[text] ?? text) : text;
  }
  return checkEngine({ kind: 'engine', engine, options });
}

/** Checks an engine that was chosen with its options. Throws `usage`. */
export function checkEngine(choice: {
  kind: 'engine';
  engine: EngineId;
  options: Record<string, unknown>;
}): EngineConfig {
  const parsed = engineConfigSchema.safeParse(choice);
  if (parsed.success) return parsed.data;
  throw new ProofloadError('usage', `${choice.engine}: ${describeIssues(parsed.error)}`, 'correct the option', {
    details: { about: 'engine-options' },
  });
}

/** An external target, with curl's options. */
export type UrlOptions = Partial<Omit<UrlTarget, 'kind'>> & { url: string };

/** Checks an external target. Throws `usage`. */
export function urlTarget(options: UrlOptions): UrlTarget {
  const parsed = urlTargetSchema.safeParse({ kind: 'url', ...options });
  if (parsed.success) return parsed.data;
  throw new ProofloadError(
    'usage',
    describeIssues(parsed.error),
    'give a URL such as http://127.0.0.1:3000/path, with -X, -H and -d as in curl',
  );
}

/** What the user asked for. */
export interface RunWish {
  scenario: Scenario;
  /** Undefined where the scenario's own requests say where to go. */
  target: Target | undefined;
  overrides: ScenarioOverrides;
  port?: number | undefined;
  /** Processes of the target on this machine. */
  targetPids?: readonly number[] | undefined;
}

/** The target of a scenario's own requests: the server of the first. Throws `usage` when none is named. */
function targetOf({ requests = [] }: Scenario): Target {
  const absolute = requests.find(({ url }) => /^https?:\/\//i.test(url));
  if (absolute) return urlTarget({ url: wireUrl(absolute.url).origin });
  throw new ProofloadError(
    'usage',
    'the requests of the scenario name no server',
    'name the server, or write the URLs in full',
    { details: { about: 'target-url' } },
  );
}

/** The processes of a target are named for one that is not ours, and are there. Throws `usage`. */
function requireProcesses({ kind }: Target, pids: readonly number[]): void {
  if (pids.length > 0 && kind === 'engine')
    throw new ProofloadError(
      'usage',
      'processes can be named for a service of your own: those of the built-in service are known',
      'name none',
    );
  const gone = pids.find((pid) => !isAlive(pid));
  if (gone !== undefined)
    throw new ProofloadError('usage', `there is no process ${gone}`, 'name the target by its number as ps shows it');
}

/** Turns a wish into a request, which is complete but for {@link admitRun}. Throws `usage` when it does not fit together. */
export function prepareRun(wish: RunWish, now: Date): RunRequest {
  const { scenario, overrides, port } = wish;
  const changed = unwrap(applyOverrides(scenario, overrides));
  const target = wish.target ?? targetOf(changed);
  if (target.kind === 'engine' && changed.requests) {
    throw new ProofloadError(
      'usage',
      `${scenario.id} has requests of its own, which the built-in service does not know`,
      'choose no engine, and name the server if the requests do not',
      { details: { about: 'target-url' } },
    );
  }
  if (hasRedacted({ scenario: changed, target }))
    throw new ProofloadError(
      'usage',
      'this comes from a run, in which secrets are not kept: *** stands in their place',
      'write them in anew where they were typed, or better by name, as {{secret.API_TOKEN}}',
    );
  requireProcesses(target, wish.targetPids ?? []);
  requireServers(changed, target);
  return {
    id: newRunId(now),
    scenario: changed,
    target,
    shortened: isShortened(scenario, changed),
    overridden: isOverridden(scenario, changed, overrides),
    port: port ?? 0,
    targetPids: wish.targetPids,
  };
}

/** The request with the addresses of its hosts. Rejects as {@link HostGuard.admit}. */
export async function admitRun<Request extends RunRequest>(request: Request, hosts: HostGuard): Promise<Request> {
  const { scenario, target } = request;
  return { ...request, addresses: await hosts.admit(hostsOf(scenario, target), loadSentence(scenario)) };
}

/** The hosts that a run sends requests to, each once; none for the built-in service. Throws `usage` for what is no URL. */
export function hostsOf({ requests }: Pick<Scenario, 'requests'>, target: Target): string[] {
  return target.kind === 'engine' ? [] : [...new Set(serversOf(requests, target).map(({ hostname }) => hostname))];
}

/** Where all requests of a run go. Throws `usage` for one that is no URL. */
function serversOf(requests: Scenario['requests'], target: UrlTarget): WireUrl[] {
  return (requests ?? [{ url: target.url }]).map(({ url }) => wireUrl(url, target.url));
}

/** All requests go somewhere, and with a driver that knows one server to one. Throws `usage`. */
function requireServers({ requests, load }: Scenario, target: Target): void {
  if (target.kind === 'engine') return;
  const origins = new Set(serversOf(requests, target).map(({ origin }) => origin));
  if (origins.size > 1 && 'driver' in load && load.driver === 'autocannon')
    throw new ProofloadError(
      'usage',
      `autocannon loads one server, and the requests go to ${[...origins].join(' and ')}`,
      'choose the driver proofload, or send all requests to one server',
    );
}
