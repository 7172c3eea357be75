import { ProofloadError } from '../../shared/errors/appError';
import { scenarioRequestSchema } from '../../shared/scenario/requests';
import type { PlainLoad, Scenario } from '../../shared/scenario/schema';
import { hasOwnRequests } from '../../shared/scenario/steps';
import { timingOf } from '../../shared/scenario/timing';
import { tlsOf } from '../../shared/scenario/tlsOptions';
import type { Secrets } from '../../shared/secrets/conceal';
import { secretVariable } from '../../shared/secrets/reference';
import type { HostAddresses } from '../hosts/addresses';
import type { LoadInputs, LoadTarget } from '../load/protocol';
import type { ScriptSecret } from '../report/exporters/exportedScenario';

/** A run whose load another tool generates. */
export interface DrivenRun {
  scenario: Scenario;
  target: LoadTarget;
  /** The secrets that the requests refer to. */
  secrets: Secrets;
  inputs: LoadInputs;
}

/** A load that another tool generates. */
export interface DrivenLoad extends DrivenRun {
  load: PlainLoad;
  warmupMs: number;
  /** How many processes of the tool share the load. */
  processes: number;
}

/**
 * The load of a run that another tool generates. Throws `usage` for a load that no tool can generate; requireDrivable
 * says what else a tool can't do.
 */
export function drivenLoad(run: DrivenRun): DrivenLoad {
  const { load, processes } = run.scenario;
  if (load.executor === 'capacity-search' || load.executor === 'scenarios')
    throw new ProofloadError(
      'usage',
      'another tool can run neither a capacity search nor several scenarios',
      'use the generator of Proofload',
    );
  return { ...run, load, warmupMs: timingOf(run.scenario).warmupMs, processes };
}

/** What a process of a tool is started with. */
export interface ToolRun {
  /** The text of its files by name. A name may contain folders. */
  files: Readonly<Record<string, string>>;
  args: readonly string[];
  /** Text for its standard input; it has none without. */
  input?: string;
  /**
   * The arguments with which the same command ends what the process has started, where that goes on without the
   * process.
   */
  killArgs?: readonly string[];
  /** Variables in addition to the environment. Secrets are here and nowhere else. */
  env: Readonly<Record<string, string>>;
}

/** The processes of a tool, and how its run differs from one of Proofload's own generator. */
export interface ToolRuns {
  runs: readonly ToolRun[];
  /** The warm-up that the tool makes. */
  warmupMs: number;
  differences: readonly string[];
}

/**
 * The scenario for a tool. Proofload runs setup and teardown, and variables that the setup extracted become constants.
 * {@link skipsVerification} has what is left of the TLS options.
 * A URL with the options of curl becomes a request of the scenario.
 */
export function drivenScenario({ scenario, load, target, inputs }: DrivenLoad): Scenario {
  const { setup: _setup, teardown: _teardown, tls: _tls, ...rest } = scenario;
  const driven = { ...rest, load, warmup: '0s', thresholds: {} };
  if (Object.keys(inputs.given).length > 0) driven.variables = { ...scenario.variables, ...inputs.given };
  if (target.kind !== 'url' || hasOwnRequests(scenario)) return driven;
  const { url, method, headers, body } = target;
  const request = { name: 'request', method, url, headers: Object.fromEntries(headers), body };
  return { ...driven, requests: [scenarioRequestSchema.parse(request)] };
}

/** Whether the certificates of servers are not verified. */
export function skipsVerification({ scenario, target }: DrivenLoad): boolean {
  return target.kind === 'url' && tlsOf(scenario, target)?.insecureSkipTLSVerify === true;
}

/** The URL that the requests of a run go to. */
export function drivenUrl(target: LoadTarget): string {
  return target.kind === 'url' ? target.url : target.origin;
}

/** The admitted addresses of host names. */
export function drivenAddresses(target: LoadTarget): HostAddresses {
  return target.kind === 'url' ? (target.addresses ?? {}) : {};
}

/** The environment variables from which a script reads its secrets. */
export function secretEnvironment(named: readonly ScriptSecret[], secrets: Secrets): Record<string, string> {
  return Object.fromEntries(
    named.flatMap(({ name, value }) => {
      const known = value ?? secrets.get(name);
      return known === undefined ? [] : [[secretVariable(name), known]];
    }),
  );
}
