import type { ScenarioDraft } from '../../../shared/scenario/draft';

/** An object of a draft as in the file, valid or not. */
export type Raw = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list. An entry that is not an object becomes an empty one, so that all keep their index. */
export function recordsOf(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.map((entry: unknown) => (isRecord(entry) ? entry : {})) : [];
}

/** The value at a path such as `load.rate` or `journeys.0.name`. */
export function valueAt(draft: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (Array.isArray(value) ? value[Number(key)] : isRecord(value) ? value[key] : undefined),
      draft,
    );
}

/** A copy of an object with another value for a key. Undefined removes the key. Keys keep their order. */
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

/** A copy of a draft with another value at a path. Undefined removes it. */
export function withValue(draft: ScenarioDraft, path: string, value: unknown): ScenarioDraft {
  const [key = '', ...rest] = path.split('.');
  return withKey(draft, key, inner(draft[key], rest, value));
}

/** A value of the file as text: strings unchanged, everything else as JSON. */
export function textOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Parses a typed body: JSON if it is valid JSON, in which placeholders are escaped. Otherwise it is the text itself.
 */
export function bodyOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** Parses typed JSON. Invalid JSON becomes a string, as does a text in quotes. */
export function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/**
 * The text that {@link jsonOf} parses to this value. A string has quotes if it would parse to something else without
 * them.
 */
export function jsonTextOf(value: unknown): string {
  if (typeof value !== 'string') return value === undefined ? '' : JSON.stringify(value);
  return typeof jsonOf(value) === 'string' && !value.startsWith('"') ? value : JSON.stringify(value);
}
