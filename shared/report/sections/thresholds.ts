import type { RunDocument } from '../../run/document';
import type { TrustCheck } from '../../run/trustCheck';
import { statusOf } from '../../run/verdict';
import { thresholdName } from '../../scenario/stageMarks';
import type { Doubt } from '../../thresholds/doubt';
import type { ThresholdResult } from '../../thresholds/evaluate';
import { type Outcome, type Section, type Status, sectionOf } from '../blocks';
import { effectText, statusText } from '../status';
import { nameOfCheck, phraseOf, remedyOf } from '../wording/describeCheck';
import { describeEffect, describeOutcome } from '../wording/describeOutcome';

type Judged = Pick<RunDocument, 'verdict' | 'trust'>;

/** Whether a run did not complete, so that nothing is proven about the whole of it. */
function isUnfinished({ verdict }: Judged): boolean {
  return verdict === 'aborted' || verdict === 'interrupted';
}

/** Whether a document is older than the statuses of thresholds and its run was not trusted. It decides no threshold. */
function isOldAndOpen({ status }: ThresholdResult, { verdict }: Judged): boolean {
  return verdict === 'inconclusive' && status === undefined;
}

/**
 * Returns the status of a threshold in a report. Its value proves nothing when the run did not complete, or in an
 * inconclusive document from before version 0.2.
 */
function statusInReport(threshold: ThresholdResult, run: Judged): Status {
  return isUnfinished(run) || isOldAndOpen(threshold, run) ? 'undecided' : statusOf(threshold);
}

/** Returns the checks that keep a threshold undecided. */
export function openersOf({ doubts = [] }: ThresholdResult, trust: readonly TrustCheck[]): TrustCheck[] {
  const names = new Set(doubts.filter(({ isDecisive }) => isDecisive).map(({ check }) => check));
  return trust.filter(({ check }) => names.has(check));
}

/**
 * Returns what keeps a threshold undecided, as phrases such as `5.75 ms of send lateness`; empty when it is decided.
 */
export function causesOf(threshold: ThresholdResult, trust: readonly TrustCheck[]): string[] {
  const { baseline, status, doubts, value } = threshold;
  if (statusOf(threshold) !== 'undecided') return [];
  if (baseline) {
    if (baseline.limit === null) return ['no such metric in the baseline'];
    return [
      baseline.doubt === undefined ? 'a difference that noise alone can make' : 'a baseline that cannot decide it',
    ];
  }
  // A growth has the interval of its own estimate and no other doubts.
  if (status !== undefined && value !== null && doubts?.length === 0) return ['a run that is too short to tell'];
  return openersOf(threshold, trust).map(phraseOf);
}

function reasonsOf(threshold: ThresholdResult, run: Judged): string[] {
  if (isUnfinished(run)) return ['a run that did not complete'];
  if (isOldAndOpen(threshold, run)) return run.trust.filter(({ ok }) => !ok).map(phraseOf);
  return causesOf(threshold, run.trust);
}

/**
 * Describes the value of a threshold and what keeps it open: `48.0 ms (41.0 to 56.0 ms), limit 50.0 ms: 5.75 ms of send
 * lateness`.
 */
export function outcomeText(threshold: ThresholdResult, run: Judged): string {
  const reasons = reasonsOf(threshold, run);
  return `${describeOutcome(threshold)}${reasons.length === 0 ? '' : `: ${reasons.join(' and ')}`}`;
}

/** Returns a threshold with its status, its name and its value. */
export function thresholdOutcome(threshold: ThresholdResult, document: RunDocument): Outcome {
  const status = statusInReport(threshold, document);
  return {
    status,
    statusText: statusText(status),
    label: thresholdName(threshold, document.scenario.load),
    value: outcomeText(threshold, document),
  };
}

/** A doubt about a threshold's value, in words. */
export interface DoubtText {
  /** The check that found it, by its name in run documents. */
  check: string;
  /** The name of the check in reports. */
  name: string;
  isDecisive: boolean;
  /** Its effect on the verdict. */
  effectText: string;
  /** The finding, how far it could have moved the value, and what to do about it, as sentences. */
  evidence: readonly string[];
}

function evidenceOf(threshold: ThresholdResult, doubt: Doubt, { trust, scenario }: RunDocument): string[] {
  if (!doubt.isDecisive) return [doubt.message];
  const check = trust.find(({ check: name }) => name === doubt.check);
  const remedy = check && remedyOf(check);
  return [
    doubt.message,
    `It could have moved ${describeEffect(threshold, doubt, scenario.load)}.`,
    ...(remedy === undefined ? [] : [remedy]),
  ];
}

/** Returns the doubts of a threshold. Those that block the verdict come first. */
export function doubtTexts(threshold: ThresholdResult, document: RunDocument): DoubtText[] {
  return [...(threshold.doubts ?? [])]
    .sort((a, b) => Number(b.isDecisive) - Number(a.isDecisive))
    .map((doubt) => ({
      check: doubt.check,
      name: nameOfCheck(doubt.check),
      isDecisive: doubt.isDecisive,
      effectText: effectText(doubt.isDecisive ? 'decisive' : 'harmless'),
      evidence: evidenceOf(threshold, doubt, document),
    }));
}

/** The thresholds behind the verdict, each with its value, its certainty and what leaves it open. */
export function thresholdSection(document: RunDocument): Section<'thresholds'>[] {
  const outcomes = document.thresholds.map((threshold) => thresholdOutcome(threshold, document));
  return sectionOf('thresholds', 'Thresholds', [
    { kind: 'outcomes', columns: ['Threshold', 'Value', 'Status'], outcomes },
  ]);
}
