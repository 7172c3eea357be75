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
 * The document of a run that others have made, or an earlier version, as we keep it: without the secrets that were typed
 * for it, and on one line each what stands in it of names and messages. Throws ZodError for what is no run document.
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
