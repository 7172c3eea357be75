import { type RunDocument, runDocumentSchema } from '../run/document';
import { redactForeign } from './redactForeign';
import { redactorOf, redactScenario, redactTarget } from './redactRun';

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

/**
 * Prepares the run document of another user or an earlier version for storage. Hides the secrets of the run, and puts
 * each name and message on one line. Throws ZodError when it is not a run document.
 */
export function redactDocument(value: object): RunDocument {
  const { scenario, target } = runDocumentSchema.parse(value);
  const { log, reason, trust, ...others } = runDocumentSchema.parse({
    ...Object(redactForeign(value)),
    scenario: redactScenario(scenario),
    target: redactTarget(target),
  });
  const redact = redactorOf({ scenario, target });
  const told = runDocumentSchema.pick({ log: true, reason: true, trust: true });
  return { ...others, ...told.parse(mapTexts({ log, reason, trust }, redact)) };
}
