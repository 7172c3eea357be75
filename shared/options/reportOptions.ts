import type { EngineId } from '../engines/engine';
import { formatLatency } from '../units/format';

/** A claimed latency, in ms. */
export interface ClaimedRange {
  lowMs: number;
  highMs: number;
}

/** An option of the report, or an additional one. */
export interface ReportOption {
  engine: EngineId;
  title: string;
  /** The changes that it needs. */
  changes: readonly string[];
  /** What the report expected; null when it stated nothing. */
  claim: { p95: ClaimedRange | null; p99: ClaimedRange | null };
  /** What the report had measured, when that replaces an expectation. */
  reported: { p95Ms: number; p99Ms: number } | null;
  effort: string | null;
  pros: readonly string[];
  cons: readonly string[];
  /** Remarks on the claim. */
  note: string | null;
}

const nothingClaimed = { p95: null, p99: null };

/** The options of the report, in order. The first is its starting point, with which the others are compared. */
export const reportOptions: readonly ReportOption[] = [
  {
    engine: 'sqlite-json',
    title: 'As it is: SQLite with JSON',
    changes: ['nothing'],
    claim: nothingClaimed,
    reported: { p95Ms: 806, p99Ms: 1_140 },
    effort: 'none',
    pros: ['works, with ACID transactions'],
    cons: ['P95 was 16 times above its target'],
    note: null,
  },
  {
    engine: 'sqlite',
    title: 'Option 1: optimise SQLite',
    changes: ['fields in columns instead of JSON', 'cached statements', 'write-ahead log', 'batched writes'],
    claim: { p95: { lowMs: 50, highMs: 100 }, p99: { lowMs: 100, highMs: 150 } },
    reported: null,
    effort: '15 minutes',
    pros: ['quick win', 'keeps the architecture'],
    cons: ['still not below 50 ms, but close'],
    note: null,
  },
  {
    engine: 'memory',
    title: 'Option 2: in memory only',
    changes: ['maps instead of SQLite', 'the same operations over them'],
    claim: { p95: { lowMs: 5, highMs: 15 }, p99: { lowMs: 20, highMs: 30 } },
    reported: null,
    effort: '5 minutes and a new test',
    pros: ['far below the target of 50 ms', 'the fastest'],
    cons: ['not realistic: no disk'],
    note: null,
  },
  {
    engine: 'hybrid',
    title: 'Option 3: hybrid',
    changes: ['reads from memory', 'writes to SQLite'],
    claim: { p95: { lowMs: 0, highMs: 10 }, p99: null },
    reported: null,
    effort: '20 minutes',
    pros: ['best of both worlds'],
    cons: ['slightly more complex'],
    note: 'The report meant a switch: memory for stress tests, SQLite for the others (PROOFLOAD_STORAGE=stress or integration). A stress test of an engine that is not the one in service says nothing about it, so what is measured here is one engine that does both.',
  },
  {
    engine: 'postgres',
    title: 'Something else: PostgreSQL',
    changes: ['a server of its own, or the embedded one'],
    claim: nothingClaimed,
    reported: null,
    effort: null,
    pros: ['grows past one process'],
    cons: ['a server to run'],
    note: null,
  },
  {
    engine: 'mongodb',
    title: 'Something else: MongoDB',
    changes: ['a server of its own'],
    claim: nothingClaimed,
    reported: null,
    effort: null,
    pros: ['grows past one process'],
    cons: ['a server to run'],
    note: null,
  },
];

/** Returns the option for an engine. */
export function optionOf(engine: EngineId): ReportOption | undefined {
  return reportOptions.find((option) => option.engine === engine);
}

/** Formats a claim; a dash when there is none. */
export function describeClaim(claim: ClaimedRange | null): string {
  if (!claim) return '\u2013';
  const { lowMs, highMs } = claim;
  return lowMs === 0 ? `below ${highMs} ms` : `${lowMs} to ${highMs} ms`;
}

/** Describes what the report stated about a percentile, expected or measured; undefined when it stated nothing. */
export function reportWords({ claim, reported }: ReportOption, percentile: 'p95' | 'p99'): string | undefined {
  if (reported) return `reported ${formatLatency(reported[`${percentile}Ms`])}`;
  const range = claim[percentile];
  return range ? `claimed ${describeClaim(range)}` : undefined;
}

/** Compares a claim with the measurement, in words; null when there is no claim. */
export function judgeClaim(claim: ClaimedRange | null, measuredMs: number | null): string | null {
  if (!claim || measuredMs === null) return null;
  if (measuredMs > claim.highMs) return 'slower than claimed';
  return measuredMs < claim.lowMs ? 'faster than claimed' : 'as claimed';
}
