import type { ScenarioDraft } from '../../../shared/scenario/draft';

/** An object of a draft as the file has it, right or wrong. */
export type Raw = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; an entry that is none is an empty object, so that all keep their places. */
export function recordsOf(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.map((entry: unknown) => (isRecord(entry) ? entry : {})) : [];
}

/** The value at a place such as `load.rate` or `journeys.0.name`. */
export function valueAt(draft: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (Array.isArray(value) ? value[Number(key)] : isRecord(value) ? value[key] : undefined),
      draft,
    );
}

/** A copy of an object with another value under a key; undefined takes it out. Keys keep their order. */
export function withKey(record: Raw, key: string, value: unknown): Raw {
  if (value !== undefined) return { ...record, [key]: value };
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function inner(before: unknown, rest: readonly string[], value: unknown): unknown {
  const [key, ...deeper] = rest;
  if (key === undefined) return value;
  if (Array.isArray(before)) {
    const next = inner(before[Number(key)], deeper, value);
    const place = Number(key);
    return next === undefined
      ? before.filter((_entry, index) => index !== place)
      : before.map((entry: unknown, index) => (index === place ? next : entry));
  }
  const record = isRecord(before) ? before : {};
  return withKey(record, key, inner(record[key], deeper, value));
}

/** A copy of a draft with another value at a place; undefined takes it out. */
export function withValue(draft: ScenarioDraft, path: string, value: unknown): ScenarioDraft {
  const [key = '', ...rest] = path.split('.');
  return withKey(draft, key, inner(draft[key], rest, value));
}

/** A text for a value of the file: a text as it is, anything else as JSON. */
export function textOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A body as it is typed: JSON where it is JSON, whose placeholders are escaped then; else text as it is. */
export function bodyOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** Any JSON as it is typed; what is none is a text, and so is what stands in quotes. */
export function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/** How one types a value that {@link jsonOf} reads: a text in quotes where it would be something else without. */
export function jsonTextOf(value: unknown): string {
  if (typeof value !== 'string') return value === undefined ? '' : JSON.stringify(value);
  return typeof jsonOf(value) === 'string' && !value.startsWith('"') ? value : JSON.stringify(value);
}
