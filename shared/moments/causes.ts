import { type Evidence, roomMs, type Scope } from './evidence';
import { type CauseRule, causeRules, type MomentCauseKind, restRules, startRule } from './rules';

/** An explanation of a moment. */
export interface MomentCause {
  kind: MomentCauseKind;
  /** The maximum part of the excess that it explains, in ms. */
  explainedMs: number;
  sentence: string;
}

/** Something that explains a smaller share of the excess is not its cause. */
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

/** Returns the amount of a rule that other causes do not explain. */
function rest({ rule, amountMs }: Weighed, explainedMs: number): Weighed {
  return { rule, amountMs: Math.max(0, amountMs - explainedMs) };
}

/**
 * Returns the causes of a moment, by the amount of the excess that they explain, largest first; empty when no sample
 * explains it. Rules that only detect a pause count with the part that known causes do not explain.
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
