import { type Evidence, roomMs, type Scope } from './evidence';
import { type CauseRule, causeRules, type MomentCauseKind, restRules, startRule } from './rules';

/** What a moment is explained by. */
export interface MomentCause {
  kind: MomentCauseKind;
  /** How much of the excess it explains at most, in ms. */
  explainedMs: number;
  sentence: string;
}

/** What explains a lesser share of the excess is not its cause. */
const leastShare = 0.3;

interface Weighed {
  rule: CauseRule;
  amountMs: number;
}

function weigh(rule: CauseRule, evidence: Evidence): Weighed {
  return { rule, amountMs: Math.min(rule.amountMs(evidence), roomMs(evidence, rule.scope)) };
}

function mostMs(weighed: readonly Weighed[], scopes?: readonly Scope[]): number {
  return Math.max(
    0,
    ...weighed.filter(({ rule }) => scopes?.includes(rule.scope) ?? true).map(({ amountMs }) => amountMs),
  );
}

/** What is left of a rule's amount when causes that explain it are taken away. */
function rest({ rule, amountMs }: Weighed, explainedMs: number): Weighed {
  return { rule, amountMs: Math.max(0, amountMs - explainedMs) };
}

/**
 * The causes of a moment, that which explains most of its excess first, by amount and not by kind; empty where what was
 * sampled explains none of it. Pauses whose reason is known are taken away from what only says that something stood
 * still: of that the rest counts.
 */
export function explain(evidence: Evidence): MomentCause[] {
  const named = causeRules.map((rule) => weigh(rule, evidence));
  const start = rest(weigh(startRule, evidence), mostMs(named));
  const rests: Weighed[] = [];
  for (const rule of restRules) {
    const explainedMs = mostMs([...named, ...rests], rule.explainedBy);
    rests.push(rest(weigh(rule, evidence), explainedMs));
  }
  return [...named, start, ...rests]
    .filter(({ amountMs }) => amountMs > 0 && amountMs >= leastShare * evidence.excessMs)
    .sort((a, b) => b.amountMs - a.amountMs)
    .map(({ rule, amountMs }) => ({
      kind: rule.kind,
      explainedMs: amountMs,
      sentence: rule.sentence(evidence, amountMs),
    }));
}
