import type { ThresholdResult } from '../thresholds/evaluate';
import { formatNumber } from '../units/format';
import type { RunDocument } from './document';
import { phraseOf, remedyOf } from './doubtWords';
import { describeEffect } from './thresholdOutcome';
import type { TrustCheck } from './trustCheck';

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

/** What keeps a threshold undecided, as phrases: `5.75 ms of send lateness`. */
export function openedBy({ doubts = [] }: ThresholdResult, trust: readonly TrustCheck[]): string[] {
  const checks = new Set(doubts.filter(({ isDecisive }) => isDecisive).map(({ check }) => check));
  return trust.filter(({ check }) => checks.has(check)).map(phraseOf);
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
