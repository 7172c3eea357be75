import type { ThresholdResult } from '../thresholds/evaluate';
import { formatNumber } from '../units/format';
import type { RunDocument } from './document';
import { phraseOf, remedyOf } from './doubtWords';
import { describeEffect, describeOutcome } from './thresholdOutcome';
import type { TrustCheck } from './trustCheck';
import { statusOf } from './verdict';

/** What a check means for the verdict: it leaves it open, or it found something that decides nothing. */
export type DoubtEffect = 'decisive' | 'harmless';

/** A check that found something, in words. */
export interface ShownDoubt {
  check: TrustCheck['check'];
  effect: DoubtEffect;
  /** What it found, what that could have done to which threshold, and what to do about it. */
  text: string;
}

/** The checks of a run as a person reads them. */
export interface ShownDoubts {
  /** Those that leave the verdict open first. */
  shown: ShownDoubt[];
  /** Those that found nothing unusual and moved nothing. */
  quiet: TrustCheck[];
  /** How many are quiet, in a sentence; undefined where none is. */
  quietSentence: string | undefined;
}

const effectWords: Record<DoubtEffect, string> = { decisive: '? leaves it open', harmless: '· decides nothing' };

/** The effect of a doubt as a mark and words, the same wherever it is shown: `? leaves it open`. */
export function effectText(effect: DoubtEffect): string {
  return effectWords[effect];
}

/** The checks that keep a threshold undecided. */
export function openersOf({ doubts = [] }: ThresholdResult, trust: readonly TrustCheck[]): TrustCheck[] {
  const names = new Set(doubts.filter(({ isDecisive }) => isDecisive).map(({ check }) => check));
  return trust.filter(({ check }) => names.has(check));
}

/** What keeps a threshold undecided, as phrases such as `5.75 ms of send lateness`; none where it is decided. */
export function causesOf(threshold: ThresholdResult, trust: readonly TrustCheck[]): string[] {
  const { baseline, status, doubts, value } = threshold;
  if (statusOf(threshold) !== 'undecided') return [];
  if (baseline) {
    if (baseline.limit === null) return ['no such figure in a baseline'];
    return [
      baseline.doubt === undefined
        ? 'a difference that noise alone can make'
        : 'a baseline that tells nothing for sure',
    ];
  }
  // A growth brings the interval of its own estimate and no doubts beside it.
  if (status !== undefined && value !== null && doubts?.length === 0) return ['a run that is too short to tell'];
  return openersOf(threshold, trust).map(phraseOf);
}

/** What a threshold came to and what keeps it open: `48.0 ms (41.0 to 56.0 ms), limit 50.0 ms: 5.75 ms of send lateness`. */
export function outcomeText(threshold: ThresholdResult, trust: readonly TrustCheck[]): string {
  const causes = causesOf(threshold, trust);
  return `${describeOutcome(threshold)}${causes.length === 0 ? '' : `: ${causes.join(' and ')}`}`;
}

function decisiveText({ thresholds, scenario }: RunDocument, check: TrustCheck): string {
  const effects = thresholds.flatMap((threshold) =>
    (threshold.doubts ?? [])
      .filter((doubt) => doubt.isDecisive && doubt.check === check.check)
      .map((doubt) => describeEffect(threshold, doubt, scenario.load)),
  );
  const moved = effects.length === 0 ? [] : [`It could have moved ${effects.join(', and ')}.`];
  return [check.message, ...moved, remedyOf(check) ?? []].flat().join(' ');
}

/** Sorts the checks of a run by what they mean for its verdict. */
export function doubtsOf(document: RunDocument): ShownDoubts {
  const { trust } = document;
  const decisive = trust.filter(({ ok }) => !ok);
  const harmless = trust.filter(({ ok, isNotable }) => ok && isNotable === true);
  const quiet = trust.filter(({ ok, isNotable }) => ok && isNotable !== true);
  const all = quiet.length === trust.length ? 'All ' : '';
  return {
    shown: [
      ...decisive.map((check) => ({
        check: check.check,
        effect: 'decisive' as const,
        text: decisiveText(document, check),
      })),
      ...harmless.map(({ check, message }) => ({ check, effect: 'harmless' as const, text: message })),
    ],
    quiet,
    quietSentence:
      quiet.length === 0
        ? undefined
        : `${all}${formatNumber(quiet.length)} check${quiet.length === 1 ? '' : 's'} found nothing that matters.`,
  };
}
