import type { RunInterval } from '../../run/metrics';
import { formatLatency, formatNumber, formatShare } from '../../units/format';
import { type Section, sectionOf } from '../blocks';

/** The memory of a target during a run. Null when the target does not report it. */
export interface MemorySummary {
  /** Garbage collection pauses: their sum, the longest, and their share of the time. */
  gcMs: number | null;
  gcMaxMs: number | null;
  gcShare: number | null;
  /** Resident memory: first, last and maximum. */
  firstRssMb: number | null;
  lastRssMb: number | null;
  maxRssMb: number | null;
  /** Maximum of the used heap. */
  maxHeapMb: number | null;
}

function most(values: readonly number[]): number | null {
  return values.length > 0 ? Math.max(...values) : null;
}

/** Summarises the memory and garbage collection of the target over the seconds of a run. */
export function summariseMemory(intervals: readonly RunInterval[]): MemorySummary {
  const known = (of: (interval: RunInterval) => number | null): number[] =>
    intervals.map(of).filter((value) => value !== null);
  const pauses = known(({ targetGcMs }) => targetGcMs);
  const memory = known(({ targetRssMb }) => targetRssMb);
  const gcMs = pauses.length > 0 ? pauses.reduce((sum, value) => sum + value, 0) : null;
  return {
    gcMs,
    gcMaxMs: most(known(({ targetGcMaxMs }) => targetGcMaxMs)),
    gcShare: gcMs === null ? null : gcMs / (pauses.length * 1_000),
    firstRssMb: memory[0] ?? null,
    lastRssMb: memory.at(-1) ?? null,
    maxRssMb: most(memory),
    maxHeapMb: most(known(({ targetHeapMb }) => targetHeapMb)),
  };
}

/** Describes the summary in sentences; empty when nothing is known. */
export function memorySentences(summary: MemorySummary): string[] {
  const { gcMs, gcMaxMs, gcShare, firstRssMb, lastRssMb, maxRssMb, maxHeapMb } = summary;
  const sentences: string[] = [];
  if (gcMs !== null)
    sentences.push(
      `The service paused ${formatLatency(gcMs)} for garbage collection (${formatShare(gcShare)} of the time), at most ${formatLatency(gcMaxMs)} at once.`,
    );
  if (firstRssMb !== null && lastRssMb !== null && maxRssMb !== null)
    sentences.push(
      `Its memory went from ${formatNumber(firstRssMb)} to ${formatNumber(lastRssMb)} MB, at most ${formatNumber(maxRssMb)} MB${maxHeapMb === null ? '' : `, of which the JavaScript heap took up to ${formatNumber(maxHeapMb)} MB`}.`,
    );
  return sentences;
}

/** Memory and garbage collection of the target; empty when it does not report them. */
export function memorySection(intervals: readonly RunInterval[]): Section<'memory'>[] {
  return sectionOf('memory', 'Memory and garbage collection', [
    { kind: 'sentences', sentences: memorySentences(summariseMemory(intervals)) },
  ]);
}
