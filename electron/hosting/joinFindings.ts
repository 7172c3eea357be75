import { joinProtocols } from '../../shared/run/negotiatedProtocol';
import { slowestOf } from '../../shared/run/slowRequest';
import { joinRowUse } from '../load/data/joinRowUse';
import type { CheckExample, LoadReport } from '../load/protocol';
import type { AcknowledgedWrite } from '../service/protocol';
import type { FleetFindings } from './fleet';

const maxViolationExamples = 5;

/** The final reports of load processes as one. */
export function joinFindings(all: readonly Extract<LoadReport, { type: 'done' }>[]): FleetFindings {
  return {
    checked: all.reduce((sum, { checked }) => sum + checked, 0),
    violations: all.reduce((sum, { violations }) => sum + violations, 0),
    violationExamples: all.flatMap(({ violationExamples }) => violationExamples).slice(0, maxViolationExamples),
    warnings: [...new Set(all.flatMap(({ warnings }) => warnings))],
    notes: [...new Set(all.flatMap(({ notes = [] }) => notes))],
    protocols: joinProtocols(all.flatMap(({ protocols = [] }) => protocols)),
    checkExamples: firstOfEach(all.flatMap(({ checkExamples = [] }) => checkExamples)),
    dataUse: joinRowUse(all.flatMap(({ dataUse = [] }) => dataUse)),
    slowest: slowestOf(all.flatMap(({ slowest = [] }) => slowest)),
    writes: latestWrites(all.map(({ writes }) => writes)),
  };
}

/** The first example of each check. Several processes may have kept one. */
function firstOfEach(examples: readonly CheckExample[]): CheckExample[] {
  const first = new Map<string, CheckExample>();
  for (const example of examples) {
    const key = JSON.stringify([example.operation, example.check]);
    if (!first.has(key)) first.set(key, example);
  }
  return [...first.values()];
}

/**
 * Of several acknowledged writes to a document, the one with the highest version. Processes do not know each other's
 * writes.
 */
function latestWrites(all: readonly AcknowledgedWrite[][]): AcknowledgedWrite[] {
  const [only = []] = all;
  if (all.length <= 1) return only;
  const latest = new Map<string, AcknowledgedWrite>();
  for (const write of all.flat()) {
    const key = `${write.tenant}/${write.id}`;
    const known = latest.get(key);
    if (!known || known.version < write.version) latest.set(key, write);
  }
  return [...latest.values()];
}
