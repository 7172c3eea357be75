import { importedResultSchema } from '../../shared/interchange/importedResult';
import { runDescriptionSchema } from '../../shared/run/events';
import { redactDocument } from '../../shared/secrets/redactDocument';
import { redactForeign } from '../../shared/secrets/redactForeign';
import { redactScenario, redactTarget } from '../../shared/secrets/redactRun';
import { packDocument, unpackDocument } from './packedDocument';

/*
 * Earlier versions kept what was typed for a run as it was typed. What can't be read stays as it is: the reader says
 * so when it is opened.
 */

/** The description of a run as it is kept now. */
export function redactStoredDescription(text: string): string {
  try {
    const run = runDescriptionSchema.parse(JSON.parse(text));
    return JSON.stringify({ ...run, scenario: redactScenario(run.scenario), target: redactTarget(run.target) });
  } catch {
    return text;
  }
}

function redacted(value: object): object {
  if (!('schema' in value)) return value;
  return value.schema === 'proofload.result/1'
    ? importedResultSchema.parse(redactForeign(value))
    : redactDocument(value);
}

/** The packed document of a run, or result of another tool, as it is kept now. */
export function redactStoredDocument(packed: Buffer): Buffer {
  try {
    return packDocument(redacted(unpackDocument(packed)), 'quick');
  } catch {
    return packed;
  }
}
