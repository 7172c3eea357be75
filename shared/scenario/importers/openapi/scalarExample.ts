import type { Dictionary } from './document';

/* The simplest values of the JSON Schema types, within their bounds (json-schema.org, Validation 6 and 7). */

/** Texts for the formats of OpenAPI and JSON Schema. Addresses and names are reserved for documentation. */
const texts: Readonly<Record<string, string>> = {
  'date-time': '2024-01-01T00:00:00Z',
  date: '2024-01-01',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'user@example.com',
  'idn-email': 'user@example.com',
  hostname: 'example.com',
  'idn-hostname': 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  iri: 'https://example.com/',
  'uri-reference': '/path',
  'iri-reference': '/path',
  'uri-template': '/path/{id}',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  byte: 'dGV4dA==',
  base64: 'dGV4dA==',
  password: 'Passw0rd',
  'json-pointer': '/a',
  'relative-json-pointer': '1/a',
  regex: '^a$',
};

/** The maximum length of a text that a document plausibly requires. */
const maxTextLength = 10_000;

/** The text without a format. */
export const madeUpText = 'text';

function numberAt(schema: Dictionary, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Returns a text in the format of a schema, with the required length. */
export function textExample(schema: Dictionary): string {
  const { format } = schema;
  const plain = (typeof format === 'string' && Object.hasOwn(texts, format) ? texts[format] : undefined) ?? madeUpText;
  const least = Math.min(numberAt(schema, 'minLength') ?? 0, maxTextLength);
  const most = numberAt(schema, 'maxLength') ?? Number.POSITIVE_INFINITY;
  const long = plain.length < least ? plain.repeat(Math.ceil(least / plain.length)).slice(0, least) : plain;
  return plain === madeUpText ? long.slice(0, Math.max(0, most)) : long;
}

/** Returns the bounds of a number, in draft 4 (`exclusiveMinimum: true`) and in later drafts. */
function boundsOf(schema: Dictionary, step: number): { least: number; most: number } {
  const exclusiveLeast = numberAt(schema, 'exclusiveMinimum');
  const exclusiveMost = numberAt(schema, 'exclusiveMaximum');
  const minimum = numberAt(schema, 'minimum');
  const maximum = numberAt(schema, 'maximum');
  const least = Math.max(
    minimum === undefined ? Number.NEGATIVE_INFINITY : minimum + (schema.exclusiveMinimum === true ? step : 0),
    exclusiveLeast === undefined ? Number.NEGATIVE_INFINITY : exclusiveLeast + step,
  );
  const most = Math.min(
    maximum === undefined ? Number.POSITIVE_INFINITY : maximum - (schema.exclusiveMaximum === true ? step : 0),
    exclusiveMost === undefined ? Number.POSITIVE_INFINITY : exclusiveMost - step,
  );
  return { least, most };
}

/** Returns 1, or the nearest number within the bounds of a schema. */
export function numberExample(schema: Dictionary, isInteger: boolean): number {
  const multiple = numberAt(schema, 'multipleOf');
  const { least, most } = boundsOf(schema, isInteger ? 1 : 0.5);
  const near = Math.min(Math.max(1, least), most);
  const whole = isInteger ? (near >= least && Math.ceil(near) <= most ? Math.ceil(near) : Math.floor(near)) : near;
  if (multiple === undefined || multiple <= 0) return whole;
  const above = Math.ceil(whole / multiple) * multiple;
  return above <= most ? above : Math.floor(whole / multiple) * multiple;
}
