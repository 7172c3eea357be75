import { toolNames } from '../interchange/importedResult';
import {
  describeLatency,
  type LatencyDefinition,
  latencyOfDriven,
  meansTheSame,
} from '../interchange/latencyDefinition';
import type { StoredRun } from '../interchange/storedRun';
import type { Environment, RunDocument } from '../run/document';

/** Returns the definition of latency of a run. */
export function latencyOfRun(stored: StoredRun): LatencyDefinition {
  return stored.kind === 'run' ? latencyOfDriven(stored.document) : stored.result.latency;
}

/**
 * Whether a difference between two runs tells something about their targets. It needs the same machine, the same
 * definition of latency, and two trusted runs.
 */
export interface Comparability {
  /** Why no metric can be compared; undefined when some can. */
  all: string | undefined;
  /** Why latencies cannot be compared. */
  latency: string | undefined;
}

type Fact<Subject> = readonly [name: string, of: (subject: Subject) => string];

const hardwareFacts: readonly Fact<Environment>[] = [
  ['processor', ({ cpu, cores }) => `${cpu}, ${cores} cores`],
  ['memory', ({ memoryMb }) => `${memoryMb} MB`],
  ['system', ({ platform, osRelease }) => `${platform} ${osRelease}`],
  ['runtime', ({ runtime }) => runtime],
  ['SQLite', ({ sqlite, sqliteBuild }) => `${sqlite} (${sqliteBuild})`],
];
const powerFact: Fact<Environment> = ['power source', ({ power }) => power];
const workloadFacts: readonly Fact<RunDocument>[] = [
  ['version of Proofload', ({ environment }) => environment.proofload],
  ['load', ({ scenario }) => JSON.stringify(scenario.load)],
  ['mix of operations', ({ scenario }) => JSON.stringify([scenario.operations, scenario.requests, scenario.journeys])],
  [
    'data set',
    ({ scenario }) => JSON.stringify([scenario.dataset, scenario.keys, scenario.data.length, scenario.dataFiles]),
  ],
  ['cache', ({ scenario }) => JSON.stringify(scenario.cache)],
  ['seed', ({ scenario }) => String(scenario.seed)],
];

function differences<Subject>(facts: readonly Fact<Subject>[], a: Subject, b: Subject): string[] {
  return facts.flatMap(([name, of]) => {
    const [left, right] = [of(a), of(b)];
    if (left === right) return [];
    return left.length + right.length < 100 ? [`${name} (${left}; ${right})`] : [name];
  });
}

/**
 * Lists the differences between two machines and their software, with both values if these are short. The power source
 * is left out.
 */
export function machineDifferences(a: Environment, b: Environment): string[] {
  return differences(hardwareFacts, a, b);
}

function machineOrPowerDifferences(a: RunDocument, b: RunDocument): string[] {
  return differences([...hardwareFacts, powerFact], a.environment, b.environment);
}

function doubtOf(stored: StoredRun): string | undefined {
  if (stored.kind === 'result') return undefined;
  const { verdict, reason, trust } = stored.document;
  if (verdict === 'inconclusive') return trust.find(({ ok }) => !ok)?.message ?? 'it is inconclusive';
  return verdict === 'aborted' || verdict === 'interrupted' ? (reason ?? 'it did not complete') : undefined;
}

/** Returns whether a run can be compared with the baseline. */
export function comparabilityOf(base: StoredRun, run: StoredRun): Comparability {
  const latency = meansTheSame(latencyOfRun(base), latencyOfRun(run))
    ? undefined
    : 'the two measure latency differently';
  const doubt = doubtOf(run) ?? doubtOf(base);
  if (doubt !== undefined) return { all: `one of the two can't be trusted: ${doubt}`, latency };
  if (base.kind === 'result' || run.kind === 'result')
    return { all: 'the noise of a machine is known only for runs of Proofload', latency };
  const machine = machineOrPowerDifferences(base.document, run.document);
  return { all: machine.length > 0 ? 'the two were not run on the same machine' : undefined, latency };
}

/**
 * Returns warnings about a comparison of two runs, one sentence each. `names` are those of the baseline and the run.
 */
export function guard(base: StoredRun, run: StoredRun, names: readonly [string, string]): string[] {
  const [baseName, name] = names;
  const warnings: string[] = [];
  const [left, right] = [latencyOfRun(base), latencyOfRun(run)];
  if (!meansTheSame(left, right))
    warnings.push(
      `Latency is measured differently: in ${baseName} ${describeLatency(left)}; in ${name} ${describeLatency(right)}.`,
    );
  if (base.kind === 'run' && run.kind === 'run') {
    const machine = machineOrPowerDifferences(base.document, run.document);
    if (machine.length > 0)
      warnings.push(`${name} and ${baseName} were not run on the same machine: ${machine.join('; ')}.`);
    const workload = differences(workloadFacts, base.document, run.document);
    if (workload.length > 0)
      warnings.push(`The workload of ${name} differs from that of ${baseName}: ${workload.join('; ')}.`);
  } else if (run.kind === 'result') {
    warnings.push(
      `${name} was made by ${toolNames[run.result.tool]}, which does not record the machine.${run.result.notes.map((note) => ` ${note}`).join('')}`,
    );
  }
  const doubt = doubtOf(run);
  if (doubt !== undefined) warnings.push(`${name} can't be trusted: ${doubt}`);
  return warnings;
}
