import { toolNames } from '../interchange/importedResult';
import { describeLatency, type LatencyDefinition, meansTheSame, ownLatency } from '../interchange/latencyDefinition';
import type { StoredRun } from '../interchange/storedRun';
import type { Environment, RunDocument } from '../run/document';

/** What a run's latencies mean. */
export function latencyOfRun(stored: StoredRun): LatencyDefinition {
  return stored.kind === 'run' ? ownLatency : stored.result.latency;
}

/** Whether a difference between two runs says something of their targets: same machine, same meaning, both to be trusted. */
export interface Comparability {
  /** Why nothing can be said of any metric; undefined when something can. */
  all: string | undefined;
  /** Why nothing can be said of latencies. */
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
  ['data set', ({ scenario }) => JSON.stringify([scenario.dataset, scenario.keys, scenario.data.length])],
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

/** In what two machines and their software differ, with both values where they are short; the power source is left out. */
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
  return verdict === 'aborted' || verdict === 'interrupted' ? (reason ?? 'it did not come to its end') : undefined;
}

/** Whether a run can be held against the baseline. */
export function comparabilityOf(base: StoredRun, run: StoredRun): Comparability {
  const latency = meansTheSame(latencyOfRun(base), latencyOfRun(run))
    ? undefined
    : 'the two mean something else by latency';
  const doubt = doubtOf(run) ?? doubtOf(base);
  if (doubt !== undefined) return { all: `one of the two can't be trusted: ${doubt}`, latency };
  if (base.kind === 'result' || run.kind === 'result')
    return { all: 'the noise of a machine is known of runs of Proofload only', latency };
  const machine = machineOrPowerDifferences(base.document, run.document);
  return { all: machine.length > 0 ? 'the two were not made on the same machine' : undefined, latency };
}

/** What has to be known before two runs are compared, one sentence each. `names` are those of the baseline and the run. */
export function guard(base: StoredRun, run: StoredRun, names: readonly [string, string]): string[] {
  const [baseName, name] = names;
  const warnings: string[] = [];
  const [left, right] = [latencyOfRun(base), latencyOfRun(run)];
  if (!meansTheSame(left, right))
    warnings.push(
      `Latency means something else: of ${baseName} ${describeLatency(left)}; of ${name} ${describeLatency(right)}.`,
    );
  if (base.kind === 'run' && run.kind === 'run') {
    const machine = machineOrPowerDifferences(base.document, run.document);
    if (machine.length > 0)
      warnings.push(`${name} was made on another machine than ${baseName}: ${machine.join('; ')}.`);
    const workload = differences(workloadFacts, base.document, run.document);
    if (workload.length > 0) warnings.push(`${name} is not the same work as ${baseName}: ${workload.join('; ')}.`);
  } else if (run.kind === 'result') {
    warnings.push(
      `${name} was made by ${toolNames[run.result.tool]}, which does not tell on what machine.${run.result.notes.map((note) => ` ${note}`).join('')}`,
    );
  }
  const doubt = doubtOf(run);
  if (doubt !== undefined) warnings.push(`${name} can't be trusted: ${doubt}`);
  return warnings;
}
