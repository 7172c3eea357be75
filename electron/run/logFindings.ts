import type { Scenario } from '../../shared/scenario/schema';
import type { FleetFindings } from '../hosting/fleet';
import type { DocumentParts } from './assembleDocument';
import { dataUseOf, dataWarnings } from './dataUse';
import type { RunLog } from './runLog';

/** The part of a run document that the findings of the workload determine. */
export type DocumentFindings = Pick<
  DocumentParts,
  'integrity' | 'checkExamples' | 'dataFiles' | 'protocols' | 'slowest'
>;

/**
 * Logs what the workload knows at the end of a run, and returns what the document contains of it. `lostWrites` is null
 * when the store was not audited. `redact` removes the secrets that were typed for the run.
 */
export function logFindings(
  findings: FleetFindings | undefined,
  lostWrites: number | null,
  scenario: Scenario,
  log: RunLog,
  redact: (text: string) => string,
): DocumentFindings {
  for (const example of findings?.violationExamples ?? []) log.add('error', `wrong response: ${example}`);
  for (const note of findings?.notes ?? []) log.add('info', note);
  for (const warning of findings?.warnings ?? []) log.add('warning', warning);
  const checkExamples = (findings?.checkExamples ?? []).map(({ message, ...of }) => ({
    ...of,
    message: redact(message),
  }));
  for (const { operation, check, message } of checkExamples) log.add('warning', `${operation}: ${check}: ${message}`);
  const dataFiles = dataUseOf(scenario, findings?.dataUse ?? []);
  for (const warning of dataWarnings(dataFiles, findings?.dataUse ?? [])) log.add('warning', warning);
  return {
    integrity: {
      checked: findings?.checked ?? 0,
      violations: findings?.violations ?? 0,
      acknowledgedWrites: findings?.writes.length ?? 0,
      lostWrites,
    },
    checkExamples,
    dataFiles,
    protocols: findings?.protocols,
    slowest: findings?.slowest,
  };
}
