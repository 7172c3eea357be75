import type { ProfileSummary } from '../../profile/cpuProfile';
import { formatNumber, formatShare } from '../../units/format';
import { type Section, sectionOf } from '../blocks';

/** The number of functions in a report. The profile contains all. */
const shownFunctions = 8;

/** Describes a CPU profile in a sentence. */
export function profileSentence({ samples, idleShare, gcShare }: ProfileSummary): string {
  return `${formatNumber(samples)} samples: idle ${formatShare(idleShare)}, garbage collection ${formatShare(gcShare)}. Profiling slows the service by a few per cent.`;
}

/** The functions with the most self time; empty without a profile. */
export function profileSection(profile: ProfileSummary | undefined): Section<'profile'>[] {
  if (!profile) return [];
  const rows = profile.top.slice(0, shownFunctions).map(({ functionName, place, selfShare }) => ({
    label: functionName,
    cells: [formatShare(selfShare), place],
  }));
  return sectionOf('profile', 'CPU profile of the service', [
    { kind: 'sentences', sentences: [profileSentence(profile)] },
    { kind: 'table', columns: ['Function', 'Self time', 'Source'], rows },
  ]);
}
