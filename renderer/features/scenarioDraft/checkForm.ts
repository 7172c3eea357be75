import { isRecord, type Raw, textOf, withKey } from './draftValues';

/* Checks and extractions of a draft as rows of a form. The keys are those of the schema
   (shared/scenario/journeys.ts). */

/** The kinds of checks, by their key in the schema. */
export const checkKinds = [
  ['status', 'Status'],
  ['header', 'Header'],
  ['bodyContains', 'Body contains'],
  ['bodyMatches', 'Body matches'],
  ['jsonPath', 'JSONPath'],
  ['jsonSchema', 'JSON schema'],
  ['maxBodyBytes', 'Maximum body size'],
] as const;
export type CheckKind = (typeof checkKinds)[number][0];

/** The comparisons for the value of a header or of a JSONPath. */
export const comparisons = [
  ['exists', 'is there'],
  ['missing', 'is not there'],
  ['equals', 'equals'],
  ['contains', 'contains'],
  ['matches', 'matches'],
] as const;
export type Comparison = (typeof comparisons)[number][0];

/** The kinds of extractions, by their key in the schema. */
export const extractionKinds = [
  ['jsonPath', 'JSONPath'],
  ['header', 'Header'],
  ['cookie', 'Cookie'],
  ['regex', 'Regular expression'],
  ['status', 'Status'],
] as const;
export type ExtractionKind = (typeof extractionKinds)[number][0];

function kindIn<Kind extends string>(kinds: readonly (readonly [Kind, string])[], raw: Raw, fallback: Kind): Kind {
  return kinds.find(([key]) => key in raw)?.[0] ?? fallback;
}

export function kindOfCheck(check: Raw): CheckKind {
  return kindIn(checkKinds, check, 'status');
}

export function kindOfExtraction(extraction: Raw): ExtractionKind {
  return kindIn(extractionKinds, extraction, 'jsonPath');
}

const firstChecks: Record<CheckKind, unknown> = {
  status: 200,
  header: 'Content-Type',
  bodyContains: 'ok',
  bodyMatches: 'ok',
  jsonPath: '$.id',
  jsonSchema: { type: 'object' },
  maxBodyBytes: 100_000,
};

/** A new check of a kind. It keeps the name of the check that it replaces. */
export function newCheck(kind: CheckKind, before: Raw = {}): Raw {
  return { ...(before.name === undefined ? {} : { name: before.name }), [kind]: firstChecks[kind] };
}

const firstExtractions: Record<ExtractionKind, unknown> = {
  jsonPath: '$.id',
  header: 'Location',
  cookie: 'session',
  regex: 'id="([^"]+)"',
  status: true,
};

export function newExtraction(kind: ExtractionKind): Raw {
  return { [kind]: firstExtractions[kind] };
}

export function comparisonOf(check: Raw): Comparison {
  const named = (['equals', 'contains', 'matches'] as const).find((key) => key in check);
  return named ?? (check.exists === false ? 'missing' : 'exists');
}

/** The check with another comparison. It keeps the compared value if the new comparison has one. */
export function withComparison(check: Raw, comparison: Comparison): Raw {
  const before = check[comparisonOf(check)];
  const bare = ['exists', 'equals', 'contains', 'matches'].reduce((rest, key) => withKey(rest, key, undefined), check);
  if (comparison === 'exists') return bare;
  if (comparison === 'missing') return { ...bare, exists: false };
  const value = comparison === 'equals' && 'jsonPath' in check ? (before ?? '') : textOf(before);
  return { ...bare, [comparison]: value };
}

function statusText(range: unknown): string {
  return isRecord(range) ? `${textOf(range.min)}-${textOf(range.max)}` : textOf(range);
}

/** Status codes as the user types them: `200, 300-303`. */
export function statusesText(status: unknown): string {
  return (Array.isArray(status) ? status : [status]).map(statusText).join(', ');
}

/** Parses typed status codes. An invalid text stays a text, so that the check of the draft can report it. */
export function statusesOf(text: string): unknown {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const ranges = parts.map((part) => {
    const [, min, max] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part) ?? [];
    if (min === undefined) return part;
    return max === undefined ? Number(min) : { min: Number(min), max: Number(max) };
  });
  return ranges.length === 1 ? ranges[0] : ranges.length === 0 ? text : ranges;
}

/**
 * The fields of an object with one of them renamed, in the same order. Nothing changes when another field has the new
 * name.
 */
export function withName(record: Raw, before: string, name: string): Raw {
  if (name === before || name in record) return record;
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === before ? name : key, value]));
}

/** The wanted name, or a similar one that is not taken. */
export function freeKey(wished: string, taken: (name: string) => boolean): string {
  if (!taken(wished)) return wished;
  for (let number = 2; ; number += 1) if (!taken(`${wished}_${number}`)) return `${wished}_${number}`;
}
