import type { EngineConfig } from '../../../shared/engines/config';
import type { CheckResult } from '../../../shared/engines/conformance';
import { describeDurability, durabilityOf } from '../../../shared/engines/durability';
import { errorMessage } from '../../../shared/errors/appError';
import { type Random, seededStream } from '../../../shared/statistics/random';
import { formatNumber } from '../../../shared/units/format';
import type { WorkerHost } from '../../hosting/workerHost';
import type { KillableServer } from '../../run/runContract';
import type { DatabasePlace } from '../../service/storage/databasePlace';
import { EngineHolder, type TimedWrite } from './engineHolder';

/** What the crash checks test. */
export interface CrashSubject {
  workers: WorkerHost;
  config: EngineConfig;
  /** The folder and the namespace for the data of the engine. */
  folder: string;
  namespace: string;
  /** The server of the engine, if it needs one. */
  database: DatabasePlace | undefined;
  /** Undefined for an engine in a process of Proofload, and for a server that Proofload must not kill. */
  server: KillableServer | undefined;
  seed: number;
  crashes: number;
  /** Ends the checks between two crashes when it aborts. */
  signal: AbortSignal;
}

/** How many times the process that holds the data is killed, each time at a different moment. */
export const defaultCrashes = 20;
const fewestWrites = 20;
const mostWrites = 300;
const exitPatienceMs = 5_000;

interface Crash {
  acknowledged: number;
  /** The number of lost writes that the declared tier does not allow. */
  unforgivable: number;
  lost: number;
  torn: readonly string[];
  example: string | undefined;
}

/** The number of acknowledged writes after which to kill the process. */
function strikeAfter(random: Random): number {
  return fewestWrites + Math.floor(random() * (mostWrites - fewestWrites));
}

/** Resolves when the holder has acknowledged this number of writes. Adds all of them to `writes`. */
function writesUntil(holder: EngineHolder, seed: number, count: number, writes: TimedWrite[]) {
  let reached = (): void => {};
  const enough = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const before = writes.length;
  const ended = holder.write(seed, (write) => {
    writes.push(write);
    if (writes.length - before >= count) reached();
  });
  return { enough: Promise.race([enough, ended.then(() => undefined)]), ended };
}

/** Where the writes of the crash checks are stored. */
function crashPlace({ folder, namespace, database }: CrashSubject) {
  return { folder, namespace: `${namespace}_crash`, ...database };
}

/**
 * Kills the process that holds the data during writes, then looks for every acknowledged write. `survivor` is the
 * process that looked; `isWriting` says whether it still performs the writes of this crash.
 */
async function strikeAndVerify(
  subject: CrashSubject,
  number: number,
  holder: EngineHolder,
  openHolder: () => Promise<EngineHolder>,
): Promise<Crash & { survivor: EngineHolder; isWriting: boolean }> {
  const { config, server, seed } = subject;
  const random = seededStream(seed + number, 'crash');
  const writes: TimedWrite[] = [];
  const { enough, ended } = writesUntil(holder, seed * 1_000 + number, strikeAfter(random), writes);
  let isWriting = true;
  const stopped = (): void => {
    isWriting = false;
  };
  ended.then(stopped, stopped);
  await enough;
  const struckMs = performance.now();
  if (server) {
    await server.kill();
    await server.start();
  } else await holder.kill();

  // By now, everything that was in flight at the crash has arrived. An acknowledgement counts whenever it is read.
  const survivor = server ? holder : await openHolder();
  const { lost, torn } = await survivor.verify(
    writes.map(({ tenant, id, version, title }) => ({ tenant, id, version, title })),
  );
  const { tier, maxLossMs = 0 } = durabilityOf(config);
  const timed = new Map(writes.map((write) => [`${write.id} ${write.version}`, write.atMs]));
  const unforgivable = lost.filter(({ id, version }) => {
    if (tier === 'none') return false;
    const ageMs = struckMs - (timed.get(`${id} ${version}`) ?? 0);
    return tier !== 'bounded-loss' || ageMs > maxLossMs;
  });
  const example = unforgivable[0] ?? lost[0];
  return {
    acknowledged: writes.length,
    lost: lost.length,
    unforgivable: unforgivable.length,
    torn,
    example: example && `${example.id} in version ${example.version}`,
    survivor,
    isWriting,
  };
}

/** The fault that a crash revealed, in a sentence. Undefined without a fault. */
function faultOf(number: number, { torn, unforgivable, acknowledged, example }: Crash): string | undefined {
  if (torn.length > 0) return `Crash ${number} left documents that nobody wrote: ${torn.slice(0, 3).join(', ')}.`;
  if (unforgivable === 0) return undefined;
  return `Crash ${number} lost ${unforgivable} of ${acknowledged} acknowledged writes that the tier promises to keep, such as ${example}.`;
}

const title = 'After kill -9 during writes, every acknowledged write that the tier promises is there';

/** The crash check with all its seeds. Rejects only when it is aborted. */
export async function killCheck(subject: CrashSubject): Promise<CheckResult> {
  const startedMs = performance.now();
  const check = { id: 'kill', group: 'durability', title } as const;
  const declared = `Declared: ${describeDurability(durabilityOf(subject.config))}.`;
  const result = (status: CheckResult['status'], ...evidence: string[]): CheckResult => ({
    ...check,
    status,
    evidence: [...evidence, declared],
    durationMs: performance.now() - startedMs,
  });
  const isServer = subject.database !== undefined;
  if (isServer && !subject.server)
    return result('not-run', 'The server was not started by Proofload, and is not killed.');
  let acknowledged = 0;
  let lost = 0;
  const holders: EngineHolder[] = [];
  const openHolder = async (): Promise<EngineHolder> => {
    const holder = new EngineHolder(subject.workers);
    holders.push(holder);
    await holder.open(subject.config, crashPlace(subject));
    return holder;
  };
  try {
    // The next crash hits the process that survived the previous one.
    let next: EngineHolder | undefined;
    for (let number = 1; number <= subject.crashes; number += 1) {
      subject.signal.throwIfAborted();
      const holder = next ?? (await openHolder());
      const { survivor, isWriting, ...crash } = await strikeAndVerify(subject, number, holder, openHolder);
      acknowledged += crash.acknowledged;
      lost += crash.lost;
      const fault = faultOf(number, crash);
      if (fault !== undefined || number === subject.crashes) await survivor.end(exitPatienceMs);
      if (fault !== undefined) return result('failed', fault);
      // A driver that retries continues its writes, so another process makes the writes of the next crash.
      if (isWriting) await survivor.kill();
      next = isWriting ? undefined : survivor;
    }
  } catch (error) {
    subject.signal.throwIfAborted();
    return result('failed', `The store could not be opened and read after a crash: ${errorMessage(error)}.`);
  } finally {
    await Promise.all(holders.map((holder) => holder.kill()));
  }
  return result(
    'passed',
    `${subject.crashes} times ${isServer ? 'all processes of the server were' : 'the process that holds the engine was'} ended by SIGKILL after ${fewestWrites} to ${mostWrites} writes: ${formatNumber(acknowledged)} were acknowledged, ${formatNumber(lost)} of them lost. A crash of the power is not tested by this.`,
  );
}

const recoveryTitle =
  'After a restart of the server, clients reconnect by themselves, and operations in progress end as typed errors';
const allowedEnds: ReadonlySet<string> = new Set(['unavailable', 'timeout', 'conflict']);

/** Whether an operation that a restart interrupted may end this way. A tier that loses writes may not find them. */
function mayEndAs(kind: string, config: EngineConfig): boolean {
  return allowedEnds.has(kind) || (kind === 'not-found' && durabilityOf(config).tier === 'bounded-loss');
}

/** Resolves without errors when as many new writes are acknowledged as a crash needs, or when writing has ended. */
async function goneOn(writes: readonly TimedWrite[], ended: Promise<unknown>): Promise<string[]> {
  const enough = writes.length + fewestWrites;
  let hasEnded = false;
  const note = (): void => {
    hasEnded = true;
  };
  ended.then(note, note);
  while (!hasEnded && writes.length < enough) await new Promise((next) => setTimeout(next, 20));
  return [];
}

/** Restarts the server while clients use it. Never rejects. */
export async function recoveryCheck(subject: CrashSubject): Promise<CheckResult> {
  const startedMs = performance.now();
  const check = { id: 'recovery', group: 'recovery', title: recoveryTitle } as const;
  const result = (status: CheckResult['status'], ...evidence: string[]): CheckResult => ({
    ...check,
    status,
    evidence,
    durationMs: performance.now() - startedMs,
  });
  const { server, workers, config, database, seed } = subject;
  if (database === undefined)
    return result('not-run', 'The engine lives in the process of the service: there is no server.');
  if (!server) return result('not-run', 'The server was not started by Proofload, and is not restarted.');
  const place = { folder: subject.folder, namespace: `${subject.namespace}_recovery`, ...database };
  const holder = new EngineHolder(workers);
  try {
    await holder.open(config, place);
    const writes: TimedWrite[] = [];
    const { enough, ended } = writesUntil(holder, seed, fewestWrites, writes);
    await enough;
    await server.kill();
    await server.start();
    // A driver that retries may have completed its writes. Then they continue until the process ends.
    const { attempts } = await holder.verify([]);
    const kinds = await Promise.race([ended.then((end) => end.kinds), goneOn(writes, ended)]);
    const wrong = kinds.filter((kind) => !mayEndAs(kind, config));
    if (wrong.length > 0) return result('failed', `Operations in progress ended as ${wrong.join(', ')}.`);
    const after: TimedWrite[] = kinds.length === 0 ? writes : [];
    if (kinds.length > 0) {
      const again = writesUntil(holder, seed + 1, fewestWrites, after);
      again.ended.catch(() => {});
      await again.enough;
    } else ended.catch(() => {});
    if (after.length < fewestWrites)
      return result('failed', `After the restart only ${after.length} writes were acknowledged before an error.`);
    const ends = kinds.length === 0 ? 'were retried by the driver' : `ended as ${[...new Set(kinds)].join(', ')}`;
    return result(
      'passed',
      `The operations in progress ${ends}; the same process got a response again at attempt ${attempts}, and continued to write.`,
    );
  } catch (error) {
    return result('failed', `The clients did not recover: ${errorMessage(error)}.`);
  } finally {
    await holder.end(exitPatienceMs);
  }
}
