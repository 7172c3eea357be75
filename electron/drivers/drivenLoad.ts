import { scenarioRequestSchema } from '../../shared/scenario/requests';
import type { PlainLoad, Scenario } from '../../shared/scenario/schema';
import { hasOwnRequests } from '../../shared/scenario/steps';
import type { Secrets } from '../../shared/secrets/conceal';
import { secretVariable } from '../../shared/secrets/reference';
import type { HostAddresses } from '../hosts/addresses';
import type { LoadInputs, LoadTarget } from '../load/protocol';
import type { ScriptSecret } from '../report/exporters/exportedScenario';

/** What a tool is to do. */
export interface DrivenLoad {
  scenario: Scenario;
  load: PlainLoad;
  warmupMs: number;
  /** Over how many processes of the tool the load is spread. */
  processes: number;
  target: LoadTarget;
  /** What the requests refer to. */
  secrets: Secrets;
  inputs: LoadInputs;
}

/** A process of a tool: what it is started with. */
export interface ToolRun {
  /** Files by their names, which may have folders in them. */
  files: Readonly<Record<string, string>>;
  args: readonly string[];
  /** Beside what the environment has; secrets are here and nowhere else. */
  env: Readonly<Record<string, string>>;
}

/** The processes of a tool, and what of the run it does otherwise than our own generator. */
export interface ToolRuns {
  runs: readonly ToolRun[];
  /** The warm-up that the tool makes. */
  warmupMs: number;
  differences: readonly string[];
}

/**
 * The scenario for a tool: setup and teardown are done by Proofload, and what the setup has extracted are constants. A
 * URL with the options of curl is a request of its own.
 */
export function drivenScenario({ scenario, load, target, inputs }: DrivenLoad): Scenario {
  const { setup: _setup, teardown: _teardown, ...rest } = scenario;
  const driven = { ...rest, load, warmup: '0s', thresholds: {} };
  if (Object.keys(inputs.given).length > 0) driven.variables = { ...scenario.variables, ...inputs.given };
  if (target.kind !== 'url' || hasOwnRequests(scenario)) return driven;
  const { url, method, headers, body } = target;
  const request = { name: 'request', method, url, headers: Object.fromEntries(headers), body };
  return { ...driven, requests: [scenarioRequestSchema.parse(request)] };
}

/** Where the requests of a run go. */
export function drivenUrl(target: LoadTarget): string {
  return target.kind === 'url' ? target.url : target.origin;
}

/** The addresses to which the names of hosts lead, as they were admitted. */
export function drivenAddresses(target: LoadTarget): HostAddresses {
  return target.kind === 'url' ? (target.addresses ?? {}) : {};
}

/** The environment variables from which a script takes its secrets. */
export function secretEnvironment(named: readonly ScriptSecret[], secrets: Secrets): Record<string, string> {
  return Object.fromEntries(
    named.flatMap(({ name, value }) => {
      const known = value ?? secrets.get(name);
      return known === undefined ? [] : [[secretVariable(name), known]];
    }),
  );
}
