import type { RunDocument } from '../../run/document';
import type { TrustCheck } from '../../run/trustCheck';
import type { Integrity } from '../../run/verdict';
import { formatNumber } from '../../units/format';
import { type Finding, type Outcome, type Section, type Status, sectionOf } from '../blocks';
import { effectText, statusText } from '../status';
import { nameOfCheck, remedyOf } from '../wording/describeCheck';
import { describeEffect } from '../wording/describeOutcome';

function decisiveText({ thresholds, scenario }: RunDocument, check: TrustCheck): string {
  const effects = thresholds.flatMap((threshold) =>
    (threshold.doubts ?? [])
      .filter((doubt) => doubt.isDecisive && doubt.check === check.check)
      .map((doubt) => describeEffect(threshold, doubt, scenario.load)),
  );
  const moved = effects.length === 0 ? [] : [`It could have moved ${effects.join(', and ')}.`];
  return [check.message, ...moved, remedyOf(check) ?? []].flat().join(' ');
}

function finding(check: TrustCheck, effect: Finding['effect'], value: string): Finding {
  return { label: nameOfCheck(check.check), value, effect, effectText: effectText(effect) };
}

/** Returns the checks with findings: first those that leave the verdict open, then those without an effect on it. */
export function findingsOf(document: RunDocument): Finding[] {
  const decisive = document.trust.filter(({ ok }) => !ok);
  const harmless = document.trust.filter(({ ok, isNotable }) => ok && isNotable === true);
  return [
    ...decisive.map((check) => finding(check, 'decisive', decisiveText(document, check))),
    ...harmless.map((check) => finding(check, 'harmless', check.message)),
  ];
}

function quietSummary(quiet: readonly TrustCheck[], all: readonly TrustCheck[]): string {
  const every = quiet.length === all.length ? 'All ' : '';
  return `${every}${formatNumber(quiet.length)} check${quiet.length === 1 ? '' : 's'} found nothing that matters.`;
}

/** A store that was not audited tells nothing about lost writes. */
function integrityStatus({ violations, lostWrites }: Integrity): Status {
  if (violations > 0 || (lostWrites ?? 0) > 0) return 'failed';
  return lostWrites === null ? 'undecided' : 'passed';
}

/** Whether data was returned wrong or was lost. Only the built-in service has known responses. */
function integrityOutcome({ integrity, target }: RunDocument): Outcome[] {
  if (target.kind === 'url') return [];
  const { checked, violations, acknowledgedWrites, lostWrites } = integrity;
  const status = integrityStatus(integrity);
  const audit = lostWrites === null ? 'the store could not be audited' : `${formatNumber(lostWrites)} lost`;
  const value = `${formatNumber(checked)} responses checked, ${formatNumber(violations)} wrong; ${formatNumber(acknowledgedWrites)} documents with acknowledged writes, ${audit}`;
  return [{ status, statusText: statusText(status), label: 'Integrity', value }];
}

/** The findings of the trust checks, integrity, and, on request, the checks without findings. */
export function checkSection(document: RunDocument): Section<'checks'>[] {
  const quiet = document.trust.filter(({ ok, isNotable }) => ok && isNotable !== true);
  return sectionOf('checks', 'Can I trust this number?', [
    { kind: 'findings', columns: ['Check', 'Finding', 'Effect'], findings: findingsOf(document) },
    { kind: 'outcomes', columns: ['Check', 'Finding', 'Status'], outcomes: integrityOutcome(document) },
    {
      kind: 'details',
      summary: quietSummary(quiet, document.trust),
      facts: quiet.map(({ check, message }) => ({ label: nameOfCheck(check), value: message })),
    },
  ]);
}
