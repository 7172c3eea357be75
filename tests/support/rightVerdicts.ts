import type { RunDocument } from '../../shared/run/document';
import type { Verdict } from '../../shared/run/verdict';

/**
 * The verdicts that are right of a run that comes to `verdict` on a calm machine. Where the document says that other
 * programs used the machine, to leave it open is right too; any other verdict never is.
 */
export function rightVerdicts(document: RunDocument, verdict: Verdict): readonly Verdict[] {
  const isBusy = document.trust.some(({ check, isNotable }) => check === 'other-load' && isNotable);
  return isBusy ? [verdict, 'inconclusive'] : [verdict];
}
