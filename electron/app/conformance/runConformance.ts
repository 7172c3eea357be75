import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineConfig } from '../../../shared/engines/config';
import { type CheckResult, type ConformanceReport, conforms } from '../../../shared/engines/conformance';
import { describeDurability, durabilityOf } from '../../../shared/engines/durability';
import type { WorkerHost } from '../../hosting/workerHost';
import { ownWork } from '../../run/ownedWork';
import type { Database } from '../../run/runContract';
import { type CrashSubject, defaultCrashes, killCheck, recoveryCheck } from './crashChecks';
import { EngineHolder } from './engineHolder';

/** The dependencies of a suite. */
export interface ConformanceContext {
  workers: WorkerHost;
  /** A folder for the files of the engine. The suite creates its own folder inside and removes it. */
  workFolder: string;
  /** The server of the engine, if it needs one. */
  database: Database | undefined;
  /** Called with each check as it ends. */
  onResult(result: CheckResult): void;
  /** Ends the suite between two checks when it aborts. */
  signal: AbortSignal;
  now(): Date;
  /** How many times the process that holds the data is killed. */
  crashes?: number;
}

/** What a suite does to the server of an engine, as part of a question to the user. */
export const conformanceLoad = 'The conformance suite reads and writes it as fast as it can for about half a minute';

const exitPatienceMs = 5_000;

/** Aborts when the server behind the engine ends unexpectedly. Later results say nothing about the engine. */
function deathOf(database: Database | undefined): AbortSignal {
  const death = new AbortController();
  database?.died?.catch((error: unknown) => death.abort(error));
  return death.signal;
}

/** Runs the suite on an engine. Rejects with ProofloadError when the engine can't be opened, and when it is aborted. */
export async function runConformance(
  id: string,
  config: EngineConfig,
  seed: number,
  context: ConformanceContext,
): Promise<ConformanceReport> {
  const { workers, database, onResult, now } = context;
  const signal = AbortSignal.any([context.signal, deathOf(database)]);
  signal.throwIfAborted();
  const startedAt = now().toISOString();
  const startedMs = performance.now();
  const work = ownWork(context.workFolder, id);
  const { folder } = work;
  const results: CheckResult[] = [];
  const keep = (result: CheckResult): void => {
    results.push(result);
    onResult(result);
  };
  try {
    for (const name of ['checks', 'crash']) mkdirSync(join(folder, name), { recursive: true });
    const backend = await checkInOneProcess(
      { id, config, seed, folder: join(folder, 'checks'), keep },
      { ...context, signal },
    );
    const subject: CrashSubject = {
      workers,
      config,
      folder: join(folder, 'crash'),
      namespace: id,
      database: database?.place,
      server: database?.server,
      seed,
      crashes: context.crashes ?? defaultCrashes,
      signal,
    };
    for (const check of [killCheck, recoveryCheck]) {
      signal.throwIfAborted();
      keep(await check(subject));
    }
    return {
      schema: 'proofload.conformance/1',
      config,
      backend: backend.name,
      isTestDouble: backend.isTestDouble,
      durability: describeDurability(durabilityOf(config)),
      startedAt,
      durationMs: performance.now() - startedMs,
      seed,
      conforms: conforms(results),
      checks: results,
    };
  } finally {
    work.end();
  }
}

interface OneProcess {
  id: string;
  config: EngineConfig;
  seed: number;
  folder: string;
  keep(result: CheckResult): void;
}

/** Makes the checks that need no crash, in a separate process. */
async function checkInOneProcess(
  { id, config, seed, folder, keep }: OneProcess,
  { workers, database, signal }: ConformanceContext,
): Promise<{ name: string; isTestDouble: boolean }> {
  const holder = new EngineHolder(workers, keep);
  const abort = (): void => void holder.kill();
  signal.addEventListener('abort', abort);
  try {
    const place = { folder, namespace: `${id}_checks`, ...database?.place };
    const { backend } = await holder.open(config, place);
    await holder.check(seed);
    return backend;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    await holder.end(exitPatienceMs);
  }
}
