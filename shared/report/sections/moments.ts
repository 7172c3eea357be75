import { findMoments, type Moment, type MomentSource } from '../../moments/moments';
import type { MomentCauseKind } from '../../moments/rules';
import { formatNumber } from '../../units/format';
import { type Section, sectionOf } from '../blocks';
import { describeMoment, momentTime } from '../wording/describeMoment';

/** The maximum number of moments in a report. */
const mostShown = 20;

/** Measures how far a moment is from usual values. Failures and gaps outweigh all latencies. */
function weightOf({ p99Ms, usualMs, kind, lost }: Moment): number {
  if (kind === 'gap' || Object.keys(lost).length > 0) return Number.POSITIVE_INFINITY;
  return Math.abs(Math.log((p99Ms ?? 1) / (usualMs ?? 1)));
}

const causeNames: Readonly<Record<MomentCauseKind, string>> = {
  'service-gc': 'garbage collection in the service',
  checkpoint: 'checkpoint',
  fsync: 'commit (fsync)',
  'service-held': "a part blocked the service's event loop",
  'service-paused': "the service's event loop stood still",
  'cache-misses': 'cold cache',
  'generator-gc': 'garbage collection in the generator',
  'generator-throttled': 'the generator at its processor limit',
  'generator-paused': 'the generator paused',
  'other-program': 'another program',
  'host-withheld': 'processors withheld by the host',
  'processor-wait': 'waiting for a processor',
  connections: 'opening connections',
  network: 'the network',
  part: 'a part of the service',
  start: 'start of the target',
  refused: 'the target did not listen',
  closed: 'connections closed by the target',
  'answered-error': 'errors answered by the target',
  'own-limit': "a limit of the generator's machine",
  'not-sent': 'all virtual users busy',
};

/** Counts how often each cause was named first, most frequent first. */
function countsOf(moments: readonly Moment[]): string {
  const counts = new Map<string, number>();
  for (const { causes } of moments) {
    const name = causes[0] ? causeNames[causes[0].kind] : 'no cause sampled';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${name} ${formatNumber(count)}`).join(', ');
}

/** The texts of a moment, the same in every report. */
export interface MomentText {
  moment: Moment;
  /** The time: `1:38 for 4 s`. */
  time: string;
  /** What happened, without a full stop. */
  text: string;
}

/** Returns the moments that a report shows, in order. When some are left out, `summary` states it. */
export function momentTexts(source: MomentSource): { summary: string | undefined; shown: readonly MomentText[] } {
  const moments = findMoments(source);
  const heaviest = new Set([...moments].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, mostShown));
  const shown = moments.filter((moment) => heaviest.has(moment));
  const summary = `The ${mostShown} most severe of ${formatNumber(moments.length)} moments. By cause: ${countsOf(moments)}.`;
  return {
    summary: shown.length < moments.length ? summary : undefined,
    shown: shown.map((moment) => ({ moment, time: momentTime(moment), text: describeMoment(moment) })),
  };
}

/** Moments with their causes; empty for a run without any. */
export function momentSection(source: MomentSource): Section<'moments'>[] {
  const { summary, shown } = momentTexts(source);
  return sectionOf('moments', 'Moments', [
    { kind: 'sentences', sentences: summary === undefined ? [] : [summary] },
    { kind: 'facts', facts: shown.map(({ time, text }) => ({ label: time, value: text })) },
  ]);
}
