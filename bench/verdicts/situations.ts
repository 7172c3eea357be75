import type { Verdict } from '../../shared/run/verdict';
import type { MachineName } from './machines';
import { type Fault, type ServerPlan, type ServerReport, shapes } from './serverPlan';

/** Delays of timers and of a busy machine are small beside this. The limit of targets with a fault is the same. */
export const trueP95Ms = 50;
const limitMs = 50;
export const ratios = [0.1, 0.5, 0.8, 0.95, 1.05, 1.25, 2, 10] as const;
const warmupMs = 1_000;
const rate = 200;
/** Far below the limit: what is wrong with a target is then its fault alone. */
const healthyP95Ms = 10;
const failureBudget = 0.01;

/** What decides a run, and what it would say if nothing disturbed it. */
export type Truth = Extract<Verdict, 'passed' | 'failed'>;

/** A target, a load and a machine, of which is known what a run should say. */
export interface Situation {
  /** Names it in the file of records. */
  key: string;
  /** Situations with the same one are judged from one run, each by its own threshold. */
  runKey: string;
  /** The threshold that decides; undefined where the whole run does. */
  decidedBy: string | undefined;
  part: 'matrix' | 'targets';
  machine: MachineName;
  /** The load or the target, as the table names it. */
  name: string;
  /** The true P95 as a share of the limit; undefined of a target with a fault. */
  ratio: number | undefined;
  seconds: number;
  /** The target of a run by its number. */
  plan(run: number): ServerPlan;
  /** What a scenario says beside its name and its thresholds. */
  scenario(run: number): Record<string, unknown>;
  /** By metric. */
  thresholds: Record<string, readonly string[]>;
  /** The truth in words, and as it is when the server has told what it did. */
  truthWords: string;
  truth(report: ServerReport): Truth;
}

/** Another seed for each run and situation, the same whenever it is made. */
function seedOf(key: string, run: number): number {
  return [...key].reduce((seed, letter) => (seed * 31 + letter.charCodeAt(0)) >>> 0, run);
}

/** A load, and the shape of answer times that it meets. */
interface LoadKind {
  /** Undefined of a closed load. */
  arrivals: 'even' | 'poisson' | undefined;
  shapeOf(run: number): ServerPlan['shape'];
}

/** Half of the runs with each. */
function alternating(run: number): ServerPlan['shape'] {
  return shapes[run % shapes.length] ?? 'narrow';
}

export const loadNames = ['open, even', 'open, Poisson', 'closed, narrow', 'closed, exponential'] as const;
export type LoadName = (typeof loadNames)[number];

/** Open loads alternate between the shapes of answer times; of a closed one the shape decides its rate and is named. */
const loads: Record<LoadName, LoadKind> = {
  'open, even': { arrivals: 'even', shapeOf: alternating },
  'open, Poisson': { arrivals: 'poisson', shapeOf: alternating },
  'closed, narrow': { arrivals: undefined, shapeOf: () => 'narrow' },
  'closed, exponential': { arrivals: undefined, shapeOf: () => 'exponential' },
};

function openLoad(seconds: number, arrivals = 'even'): Record<string, unknown> {
  return { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, arrivals };
}

/** As many users as make the rate of the open loads, by Little's law. */
function closedLoad(seconds: number, shape: ServerPlan['shape']): Record<string, unknown> {
  const meanMs = trueP95Ms * (shape === 'narrow' ? 0.9 + 0.05 / 0.95 : 1 / -Math.log(0.05));
  return { executor: 'constant-vus', vus: Math.max(1, Math.round((rate * meanMs) / 1000)), duration: `${seconds}s` };
}

/** One run is held against the limits of all ratios: its truth is the same, and so is what disturbed it. */
function cell(machine: MachineName, load: LoadName, ratio: number, seconds: number): Situation {
  const { arrivals, shapeOf } = loads[load];
  const runKey = `${machine}/${load}/${seconds}s`;
  const decidedBy = `p(95)<${(trueP95Ms / ratio).toFixed(2)}`;
  const truth: Truth = ratio < 1 ? 'passed' : 'failed';
  return {
    key: `${machine}/${load}/${ratio}/${seconds}s`,
    runKey,
    decidedBy,
    part: 'matrix',
    machine,
    name: load,
    ratio,
    seconds,
    plan: (run) => ({
      seed: seedOf(runKey, run),
      shape: shapeOf(run),
      p95Ms: trueP95Ms,
      warmupMs,
      measuredMs: seconds * 1000,
    }),
    scenario: (run) => ({
      load: arrivals ? openLoad(seconds, arrivals) : closedLoad(seconds, shapeOf(run)),
      seed: seedOf(runKey, run),
    }),
    thresholds: { http_req_duration: [decidedBy] },
    truthWords: `P95 ${trueP95Ms} ms`,
    truth: () => truth,
  };
}

/** Machines x loads x true percentiles. */
export function matrix(
  machines: readonly MachineName[],
  loadsWanted: readonly LoadName[],
  ratiosWanted: readonly number[],
  seconds: number,
): Situation[] {
  return machines.flatMap((machine) =>
    loadsWanted.flatMap((load) => ratiosWanted.map((ratio) => cell(machine, load, ratio, seconds))),
  );
}

/** A target that is not ordinary; times as shares of the measured part, so that a shorter run has the same truth. */
interface Target {
  name: string;
  truthWords: string;
  truth: Truth | 'counted';
  fault?: (measuredMs: number) => Fault;
  thresholds?: Record<string, string[]>;
  isClosed?: true;
  /** What a trend or a high percentile needs to be proven. */
  atLeastSeconds?: number;
}

const strict = { http_req_duration: [`p(95)<${limitMs}`], http_req_failed: [`rate<${failureBudget}`] };
const withTrend = { ...strict, http_req_duration: [`p(95)<${limitMs}`, 'growth(p(95))<0.5'] };
const trendSeconds = 80;

const targets: readonly Target[] = [
  {
    name: 'restarts',
    truthWords: 'away for a tenth of the time, refusing: more than 1 % fail',
    truth: 'failed',
    fault: (measuredMs) => ({ kind: 'restart', atMs: warmupMs + measuredMs / 2, forMs: measuredMs / 10 }),
  },
  {
    name: 'freezes for long',
    truthWords: 'still for 15 % of the time: more than 5 % wait for more than 50 ms',
    truth: 'failed',
    fault: (measuredMs) => ({ kind: 'freeze', atMs: warmupMs + measuredMs / 2, forMs: measuredMs * 0.15 }),
  },
  {
    name: 'freezes briefly',
    truthWords: 'still for 2 % of the time: P95 stays below the limit',
    truth: 'passed',
    fault: (measuredMs) => ({ kind: 'freeze', atMs: warmupMs + measuredMs / 2, forMs: measuredMs * 0.02 }),
  },
  {
    name: 'leaks past the limit',
    truthWords: 'P95 grows from 10 to 200 ms: of the whole far more than 5 % are above the limit',
    truth: 'failed',
    fault: () => ({ kind: 'leak', factor: 20 }),
  },
  {
    name: 'leaks within the limit',
    truthWords: 'P95 grows from 10 to 30 ms',
    truth: 'passed',
    fault: () => ({ kind: 'leak', factor: 3 }),
  },
  {
    name: 'leaks, its growth judged',
    truthWords: 'P95 grows from 10 to 30 ms, more than by half',
    truth: 'failed',
    fault: () => ({ kind: 'leak', factor: 3 }),
    thresholds: withTrend,
    atLeastSeconds: trendSeconds,
  },
  {
    name: 'does not leak, its growth judged',
    truthWords: 'P95 10 ms throughout',
    truth: 'passed',
    thresholds: withTrend,
    atLeastSeconds: trendSeconds,
  },
  {
    name: 'drifts past the limit',
    truthWords: 'P95 10 ms, 100 ms from the middle on',
    truth: 'failed',
    fault: () => ({ kind: 'drift', factor: 10 }),
  },
  {
    name: 'drifts within the limit',
    truthWords: 'P95 10 ms, 30 ms from the middle on',
    truth: 'passed',
    fault: () => ({ kind: 'drift', factor: 3 }),
  },
  {
    name: 'sheds much',
    truthWords: 'by the count of its 503s, about 3 %, at most 1 % allowed',
    truth: 'counted',
    fault: () => ({ kind: 'shed', share: 0.03 }),
  },
  {
    name: 'sheds little',
    truthWords: 'by the count of its 503s, about 0.2 %, at most 1 % allowed',
    truth: 'counted',
    fault: () => ({ kind: 'shed', share: 0.002 }),
  },
  {
    name: 'hangs one request',
    truthWords: 'one failure, far below 1 %',
    truth: 'passed',
    fault: (measuredMs) => ({ kind: 'hang', atMs: warmupMs + measuredMs / 2 }),
  },
  {
    name: 'hangs one request of a closed loop',
    truthWords: 'one failure, far below 1 %',
    truth: 'passed',
    fault: (measuredMs) => ({ kind: 'hang', atMs: warmupMs + measuredMs / 2 }),
    isClosed: true,
  },
  {
    name: 'has a tail',
    truthWords: '0.5 % take 500 ms: P95 is 10 ms',
    truth: 'passed',
    fault: () => ({ kind: 'tail', share: 0.005, tailMs: 500 }),
  },
  {
    name: 'has a tail that is judged',
    truthWords: '0.5 % take 500 ms: P99.9 is 500 ms',
    truth: 'failed',
    fault: () => ({ kind: 'tail', share: 0.005, tailMs: 500 }),
    thresholds: { http_req_duration: ['p(99.9)<100'] },
    // Twenty requests of the tail, where a target at the limit would have four.
    atLeastSeconds: 20,
  },
];
export const targetNames = targets.map(({ name }) => name);

/** The users of the closed loop with a fault: enough for the rate of the open ones. */
const closedTargetVus = 2;

function targetSituation(target: Target, secondsWanted: number): Situation {
  const { name, truthWords, truth, fault, thresholds = strict, isClosed, atLeastSeconds = 0 } = target;
  const seconds = Math.max(secondsWanted, atLeastSeconds);
  const key = `target/${name}/${seconds}s`;
  const measuredMs = seconds * 1000;
  return {
    key,
    runKey: key,
    decidedBy: undefined,
    part: 'targets',
    machine: 'quiet',
    name,
    ratio: undefined,
    seconds,
    plan: (run) => ({
      seed: seedOf(key, run),
      shape: alternating(run),
      p95Ms: healthyP95Ms,
      warmupMs,
      measuredMs,
      ...(fault ? { fault: fault(measuredMs) } : {}),
    }),
    scenario: (run) => ({
      load: isClosed
        ? { executor: 'constant-vus', vus: closedTargetVus, duration: `${seconds}s` }
        : openLoad(seconds, run % 4 < 2 ? 'even' : 'poisson'),
      // What hangs is not waited for longer than this.
      timeout: '2s',
      seed: seedOf(key, run),
    }),
    thresholds,
    truthWords,
    truth: ({ shed, requests }) =>
      truth !== 'counted' ? truth : shed < failureBudget * requests ? 'passed' : 'failed',
  };
}

/** Targets that restart, freeze, leak, drift, shed, hang or have a tail, on a quiet machine. */
export function faultyTargets(names: readonly string[], seconds: number): Situation[] {
  return targets.filter(({ name }) => names.includes(name)).map((target) => targetSituation(target, seconds));
}
