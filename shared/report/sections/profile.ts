import type { ProfileSummary } from '../../profile/cpuProfile';
import { formatNumber, formatShare } from '../../units/format';
import { type Section, sectionOf } from '../blocks';

/** How many functions a report lists; the profile has them all. */
const shownFunctions = 8;

/** What a CPU profile is of, in a sentence. */
export function profileSentence({ samples, idleShare, gcShare }: ProfileSummary): string {
  return `${formatNumber(samples)} samples: idle ${formatShare(idleShare)}, garbage collection ${formatShare(gcShare)}. Profiling slows the service by a few per cent.`;
}

/** The functions with the most time of their own; nothing without a profile. */
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
