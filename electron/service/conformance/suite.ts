import type { EngineConfig } from '../../../shared/engines/config';
import type { CheckResult } from '../../../shared/engines/conformance';
import { errorMessage } from '../../../shared/errors/appError';
import { seededStream } from '../../../shared/statistics/random';
import { type CacheOptions, DocumentCache } from '../documentCache';
import type { StorageEngine } from '../storage/storageEngine';
import { StorageError } from '../storage/storageError';
import { batchChecks } from './checks/batches';
import { cacheChecks } from './checks/cache';
import { documentChecks } from './checks/documents';
import { isolationChecks } from './checks/isolation';
import { listChecks } from './checks/lists';
import { lockingChecks } from './checks/locking';
import { modelChecks } from './checks/model';
import { resourceChecks } from './checks/resources';
import { tenantChecks } from './checks/tenants';
import { type ConformanceCheck, Nonconformity } from './conformanceCheck';

/** All checks that one process runs on one engine. The coordinator runs those that need a crash (run/conformance). */
export const checks: readonly ConformanceCheck[] = [
  ...documentChecks,
  ...modelChecks,
  ...listChecks,
  ...lockingChecks,
  ...batchChecks,
  ...isolationChecks,
  ...tenantChecks,
  ...cacheChecks,
  ...resourceChecks,
];

/** The engine under test, and how to open its data once more. */
export interface Subject {
  config: EngineConfig;
  engine: StorageEngine;
  reopen(): Promise<StorageEngine>;
  /** Creates the cache in front of the engine. The tests of the suite pass one with a fault. */
  newCache?(options: CacheOptions): DocumentCache;
}

/** Runs one check. Never rejects. */
export async function runCheck(check: ConformanceCheck, subject: Subject, seed: number): Promise<CheckResult> {
  const { id, group, title } = check;
  const evidence: string[] = [];
  const startedMs = performance.now();
  const result = (status: CheckResult['status'], ...first: string[]): CheckResult => ({
    id,
    group,
    title,
    status,
    evidence: [...first, ...evidence],
    durationMs: performance.now() - startedMs,
  });
  try {
    await check.run({
      newCache: (options) => new DocumentCache(options),
      ...subject,
      random: seededStream(seed, id),
      tenant: (name) => `${id}-${seed}-${name}`,
      note: (sentence) => evidence.push(sentence),
    });
    return result('passed');
  } catch (error) {
    if (error instanceof StorageError && error.kind === 'not-supported') return result('not-supported', error.message);
    if (error instanceof Nonconformity) return result('failed', error.message);
    return result('failed', `it threw what no engine may throw: ${errorMessage(error)}`);
  }
}
