import { isRecord, type Raw, textOf, withKey } from './draftValues';

/* Checks and extractions of a draft as rows of a form. The keys are those of the schema (shared/scenario/journeys.ts). */

/** The kinds of checks, by the key that makes one. */
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

/** What is compared of a header or of what a JSONPath finds. */
export const comparisons = [
  ['exists', 'is there'],
  ['missing', 'is not there'],
  ['equals', 'equals'],
  ['contains', 'contains'],
  ['matches', 'matches'],
] as const;
export type Comparison = (typeof comparisons)[number][0];

/** The kinds of extractions, by the key that makes one. */
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

/** A check of a kind to start from; it keeps the name that it had. */
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

/** The check with another comparison, and the value that was compared with as far as that has one. */
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

/** Statuses as one types them: `200, 300-303`. */
export function statusesText(status: unknown): string {
  return (Array.isArray(status) ? status : [status]).map(statusText).join(', ');
}

/** What is typed as statuses; a text that is none stays one, so that the check of the draft can say so. */
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

/** The fields of an object with one of them under another name, at its place. What another field has already stays. */
export function withName(record: Raw, before: string, name: string): Raw {
  if (name === before || name in record) return record;
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === before ? name : key, value]));
}

/** A name like the one that is wished for, which none of the others has. */
export function freeKey(wished: string, taken: (name: string) => boolean): string {
  if (!taken(wished)) return wished;
  for (let number = 2; ; number += 1) if (!taken(`${wished}_${number}`)) return `${wished}_${number}`;
}
