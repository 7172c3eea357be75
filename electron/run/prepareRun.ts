import { ProofloadError, type Result } from '../../shared/errors/appError';
import {
  type EngineId,
  engineIdSchema,
  engineIds,
  isLoopbackHost,
  type Target,
  type UrlTarget,
  urlTargetSchema,
} from '../../shared/run/target';
import { applyOverrides, isShortened, type ScenarioOverrides } from '../../shared/scenario/overrides';
import { describeIssues } from '../../shared/scenario/parse';
import type { Scenario } from '../../shared/scenario/schema';
import type { RunRequest } from './runContract';
import { newRunId } from './runId';

/** The environment variable that chooses the default engine everywhere. */
const storageVariable = 'PROOFLOAD_STORAGE';
const fallbackEngine: EngineId = 'sqlite';

/** The value of a result; throws its error. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProofloadError(result.error.code, result.error.message, result.error.hint);
}

/** Parses an engine's id. Throws `engine-unknown`. */
export function parseEngine(name: string): EngineId {
  const parsed = engineIdSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new ProofloadError(
    'engine-unknown',
    `there is no storage engine ${name}`,
    `the engines are ${engineIds.join(', ')}`,
  );
}

/** The engine that is used when none is named: PROOFLOAD_STORAGE, else `sqlite`. Throws `engine-unknown`. */
export function defaultEngine(env: NodeJS.ProcessEnv = process.env): EngineId {
  const name = env[storageVariable];
  return name ? parseEngine(name) : fallbackEngine;
}

/** An external target, with curl's options. */
export type UrlOptions = Partial<Omit<UrlTarget, 'kind'>> & { url: string };

/** Checks an external target. Anything but this machine must be allowed explicitly. Throws `usage`, `remote-not-allowed`. */
export function urlTarget(options: UrlOptions, allowRemote: boolean): UrlTarget {
  const parsed = urlTargetSchema.safeParse({ kind: 'url', ...options });
  if (!parsed.success) {
    throw new ProofloadError(
      'usage',
      describeIssues(parsed.error),
      'give a URL such as http://127.0.0.1:3000/path, with -X, -H and -d as in curl',
    );
  }
  const { hostname } = new URL(parsed.data.url);
  if (!allowRemote && !isLoopbackHost(hostname)) {
    throw new ProofloadError(
      'remote-not-allowed',
      `${hostname} is not this machine`,
      'load only services that are yours or whose owner agrees; if so, say --allow-remote',
    );
  }
  return parsed.data;
}

/** What the user asked for. */
export interface RunWish {
  scenario: Scenario;
  target: Target;
  overrides: ScenarioOverrides;
  port?: number | undefined;
}

/** Turns a wish into a complete request. Throws `usage` when the overrides do not fit. */
export function prepareRun({ scenario, target, overrides, port }: RunWish, now: Date): RunRequest {
  const changed = unwrap(applyOverrides(scenario, overrides));
  return { id: newRunId(now), scenario: changed, target, shortened: isShortened(scenario, changed), port: port ?? 0 };
}
