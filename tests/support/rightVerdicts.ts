import type { RunDocument } from '../../shared/run/document';
import type { Verdict } from '../../shared/run/verdict';

/** Whether a run says of itself that other programs used the machine. */
export function isBusy({ trust }: RunDocument): boolean {
  return trust.some(({ check, isNotable }) => check === 'other-load' && isNotable);
}

/**
 * The verdicts that are right of a run that comes to `verdict` on a calm machine. On a busy one to leave it open is right
 * too; any other verdict never is.
 */
export function rightVerdicts(document: RunDocument, verdict: Verdict): readonly Verdict[] {
  return isBusy(document) ? [verdict, 'inconclusive'] : [verdict];
}
