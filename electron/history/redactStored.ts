import { importedResultSchema } from '../../shared/interchange/importedResult';
import { runDescriptionSchema } from '../../shared/run/events';
import { redactDocument } from '../../shared/secrets/redactDocument';
import { redactForeign } from '../../shared/secrets/redactForeign';
import { redactScenario, redactTarget } from '../../shared/secrets/redactRun';
import { packDocument, unpackDocument } from './packedDocument';

/*
 * Earlier versions stored a run exactly as the user typed it, secrets included. What cannot be read stays unchanged;
 * opening it reports the damage.
 */

/** Returns the description of a run with its secrets hidden. */
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

/** Returns a packed document, or a result of another tool, with its secrets hidden. */
export function redactStoredDocument(packed: Buffer): Buffer {
  try {
    return packDocument(redacted(unpackDocument(packed)), 'quick');
  } catch {
    return packed;
  }
}
