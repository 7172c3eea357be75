import type { CheckResult, CheckStatus } from '../engines/conformance';
import type { ComparisonOutcome } from '../experiment/experiment';
import type { ConformanceState } from '../options/optionResult';
import type { RunState } from '../run/verdict';
import type { Finding, Status } from './blocks';

/*
 * The only table of marks and words for everything that has a status. Window, terminal and exports use it. Neither a
 * word nor a colour alone conveys a status.
 */

const statusWords: Record<Status, { mark: string; word: string }> = {
  passed: { mark: '✓', word: 'passed' },
  failed: { mark: '✕', word: 'failed' },
  undecided: { mark: '?', word: 'undecided' },
};

/** Returns a status as a mark and a word: `✓ passed`. */
export function statusText(status: Status): string {
  const { mark, word } = statusWords[status];
  return `${mark} ${word}`;
}

/** Returns the status for a boolean result of another tool or an older document. */
export function statusOfOk(ok: boolean): Status {
  return ok ? 'passed' : 'failed';
}

const stateWords: Record<RunState | 'running', { mark: string; word: string }> = {
  passed: { mark: statusWords.passed.mark, word: 'Passed' },
  failed: { mark: statusWords.failed.mark, word: 'Failed' },
  inconclusive: { mark: statusWords.undecided.mark, word: 'Inconclusive' },
  aborted: { mark: '!', word: 'Aborted' },
  interrupted: { mark: '‖', word: 'Interrupted' },
  imported: { mark: '↓', word: 'Imported' },
  running: { mark: '●', word: 'Running' },
};

/** Returns how a run ended, as a mark and a word. Null is a run in progress. */
export function stateOf(state: RunState | null): { mark: string; word: string } {
  return stateWords[state ?? 'running'];
}

/** Returns how a run ended, as a word: `Inconclusive`. */
export function stateWord(state: RunState | null): string {
  return stateOf(state).word;
}

const effectWords: Record<Finding['effect'], string> = { decisive: '? blocks the verdict', harmless: '· no effect' };

/** Returns the effect of a finding on the verdict, as a mark and words. */
export function effectText(effect: Finding['effect']): string {
  return effectWords[effect];
}

const checkWords: Record<CheckStatus, string> = {
  passed: statusText('passed'),
  failed: statusText('failed'),
  'not-supported': '– not supported',
  'not-run': '– not run',
};

/** Returns how a conformance check ended, as a mark and words. */
export function checkText(status: CheckStatus): string {
  return checkWords[status];
}

/** Counts the results of the checks of a suite: `28 passed, 0 failed, 2 not run`. */
export function checkCounts(checks: readonly Pick<CheckResult, 'status'>[]): string {
  const count = (...of: CheckStatus[]): number => checks.filter(({ status }) => of.includes(status)).length;
  const left = count('not-run', 'not-supported');
  return `${count('passed')} passed, ${count('failed')} failed${left > 0 ? `, ${left} not run` : ''}`;
}

const conformanceWords: Record<ConformanceState, string> = {
  conforms: `${statusWords.passed.mark} conforms`,
  fails: `${statusWords.failed.mark} does not conform`,
  'stand-in': `${statusWords.undecided.mark} tested against a stand-in`,
  'not-tested': `${statusWords.undecided.mark} not tested yet`,
  'not-testable': '\u2013',
};

/** Describes the conformance of an engine. */
export function conformanceText(state: ConformanceState): string {
  return conformanceWords[state];
}

const outcomeWords: Record<ComparisonOutcome, { mark: string; word: string }> = {
  better: { mark: '▲', word: 'better' },
  worse: { mark: '▼', word: 'worse' },
  alike: { mark: '=', word: 'alike' },
  unknown: { mark: statusWords.undecided.mark, word: "can't tell" },
};

/** Returns the outcome of a comparison, as a mark and a word. */
export function comparisonText(outcome: ComparisonOutcome): { mark: string; word: string } {
  return outcomeWords[outcome];
}
