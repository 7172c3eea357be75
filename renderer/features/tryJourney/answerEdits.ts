import { builtInNames } from '../../../shared/scenario/template';
import type { TriedStep } from '../../../shared/scenario/triedJourney';
import { redacted } from '../../../shared/secrets/redact';
import { freeKey } from '../scenarioDraft/checkForm';
import { isRecord, type Raw, recordsOf, withKey } from '../scenarioDraft/draftValues';
import { isPause, stepName, stepsOf } from '../scenarioDraft/journeyEdits';

/** A part of a response that a later step may need, or that a response must have. */
export type AnswerPart =
  | { kind: 'status'; value: number }
  | { kind: 'header'; name: string; value: string }
  | { kind: 'cookie'; name: string }
  | { kind: 'json'; path: string; key: string; value: string | number | boolean | null | undefined };

/** The location of a part in a few words, which names its actions. */
export function partName(part: AnswerPart): string {
  if (part.kind === 'json') return part.path;
  return part.kind === 'status' ? 'status' : `${part.kind} ${part.name}`;
}

/** The value, or undefined when a part of it is redacted. */
function known<Value>(value: Value): Value | undefined {
  return typeof value === 'string' && value.includes(redacted) ? undefined : value;
}

/**
 * The check that a response has this part with this value. For a secret, or for more than a single value, it checks
 * only that the part exists.
 */
function checkOf(part: AnswerPart): Raw {
  switch (part.kind) {
    case 'status':
      return { status: part.value };
    case 'cookie':
      return { header: 'Set-Cookie', contains: `${part.name}=` };
    case 'header': {
      const value = known(part.value);
      return value === undefined ? { header: part.name } : { header: part.name, equals: value };
    }
    case 'json': {
      const value = known(part.value);
      return value === undefined ? { jsonPath: part.path } : { jsonPath: part.path, equals: value };
    }
  }
}

/** The extraction of a part from a response. */
function extractionOf(part: AnswerPart): Raw {
  switch (part.kind) {
    case 'status':
      return { status: true };
    case 'cookie':
      return { cookie: part.name };
    case 'header':
      return { header: part.name };
    case 'json':
      return { jsonPath: part.path };
  }
}

/** A variable name for a part. */
function variableName(part: AnswerPart): string {
  const name = part.kind === 'json' ? part.key : part.kind === 'status' ? 'status' : part.name;
  const letters = name.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z_]/.test(letters) ? letters : `value${letters === '' ? '' : `_${letters}`}`;
}

function sameAs(value: Raw): (other: Raw) => boolean {
  const text = JSON.stringify(value);
  return (other) => JSON.stringify(withKey(other, 'name', undefined)) === text;
}

/** The step with a check of a part. Unchanged when it already has that check. */
export function withCheck(step: Raw, part: AnswerPart): Raw {
  const check = checkOf(part);
  const checks = recordsOf(step.checks);
  return checks.some(sameAs(check)) ? step : { ...step, checks: [...checks, check] };
}

/** The step with a variable for a part, whose name is not in `taken`. Unchanged when it already extracts that part. */
export function withExtraction(step: Raw, part: AnswerPart, taken: readonly string[]): Raw {
  const extraction = extractionOf(part);
  const extract = isRecord(step.extract) ? step.extract : {};
  const has = Object.values(extract).some((other) => isRecord(other) && sameAs(extraction)(other));
  if (has) return step;
  const names = new Set([...taken, ...Object.keys(extract), ...builtInNames]);
  return { ...step, extract: { ...extract, [freeKey(variableName(part), (name) => names.has(name))]: extraction } };
}

/** The variables that the steps of a journey set. */
export function variablesIn(journey: Raw): string[] {
  return stepsOf(journey).flatMap(({ extract }) => (isRecord(extract) ? Object.keys(extract) : []));
}

/**
 * The index of a tried step in its journey, which may have been edited since. It looks at the same index, then for the
 * only step of that name. Undefined when the step no longer exists.
 */
export function placeOf(journey: Raw, { step, place }: Pick<TriedStep, 'step' | 'place'>): number | undefined {
  const steps = stepsOf(journey);
  const isIt = (other: Raw | undefined): boolean => other !== undefined && !isPause(other) && stepName(other) === step;
  if (isIt(steps[place])) return place;
  const places = steps.flatMap((other, index) => (isIt(other) ? [index] : []));
  return places.length === 1 ? places[0] : undefined;
}

/** The names of the cookies that a response sets. */
export function cookieNames(headers: TriedStep['request']['headers']): string[] {
  const names = headers.flatMap(([name, value]) =>
    name.toLowerCase() === 'set-cookie' ? [value.slice(0, Math.max(0, value.indexOf('=')))] : [],
  );
  return [...new Set(names.filter((name) => name !== ''))];
}
