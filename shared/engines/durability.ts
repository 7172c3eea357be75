import type { EngineConfig } from './config';

/**
 * The maximum loss of acknowledged writes in a crash:
 * - `power-safe`: nothing in any crash;
 * - `process-crash-safe`: nothing when a process crashes, the last commits in a power failure;
 * - `bounded-loss`: the writes of the last {@link Durability.maxLossMs} before the crash of the store;
 * - `none`: everything.
 */
export type DurabilityTier = 'none' | 'bounded-loss' | 'process-crash-safe' | 'power-safe';

export interface Durability {
  tier: DurabilityTier;
  /** For `bounded-loss`: the period before a crash whose writes can be lost. */
  maxLossMs?: number;
  /** The reason for this durability, in words. */
  reason: string;
}

/** wal_writer_delay is 200 ms, and "the maximum is three times" that (PostgreSQL 18, 28.4 Asynchronous Commit). */
const postgresLossMs = 600;
/** The journal is flushed every 100 ms (MongoDB 8.0 manual, storage.journal.commitIntervalMs). */
const mongoLossMs = 100;

/**
 * Returns what an engine promises with its settings. It is declared here, displayed everywhere, and verified by the
 * conformance suite.
 */
export function durabilityOf(config: EngineConfig): Durability {
  switch (config.engine) {
    case 'memory':
      return { tier: 'none', reason: 'documents are in the memory of the process only' };
    case 'sqlite-json':
      return { tier: 'power-safe', reason: 'rollback journal, synchronous=FULL' };
    case 'sqlite':
    case 'hybrid':
      return config.options.synchronous === 'full'
        ? { tier: 'power-safe', reason: 'WAL, synchronous=FULL' }
        : { tier: 'process-crash-safe', reason: 'WAL, synchronous=NORMAL' };
    case 'postgres':
      return config.options.synchronousCommit === 'on'
        ? { tier: 'power-safe', reason: 'synchronous_commit=on' }
        : { tier: 'bounded-loss', maxLossMs: postgresLossMs, reason: 'synchronous_commit=off' };
    case 'mongodb': {
      const { writeConcern, journal } = config.options;
      const reason = `write concern w:${writeConcern}, j:${journal}`;
      return journal ? { tier: 'power-safe', reason } : { tier: 'bounded-loss', maxLossMs: mongoLossMs, reason };
    }
  }
}

/**
 * Returns a tier in a word or two, for tables and labels. Documents and options of the command line have the tier
 * itself.
 */
export function describeTier(tier: DurabilityTier): string {
  return tier === 'none' ? 'not durable' : tier;
}

/** Describes a durability in a few words. */
export function describeDurability({ tier, maxLossMs, reason }: Durability): string {
  const words: Record<DurabilityTier, string> = {
    none: 'nothing survives the process',
    'bounded-loss': `may lose the last ${maxLossMs ?? 0} ms`,
    'process-crash-safe': 'survives a crash of the process',
    'power-safe': 'survives a power failure',
  };
  return `${words[tier]} (${reason})`;
}
