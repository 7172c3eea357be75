import { z } from 'zod';
import { mapLiterals } from './template';

const text = z.string().max(10_000_000);
const line = z.string().regex(/^[^\r\n\0]*$/, 'must be one line');
const fieldName = line.min(1).max(1_000);
const mediaType = line.regex(/^[^\s/]+\/[^\s]+/, 'must be a media type such as image/png').max(200);

/**
 * A file beside the file of the scenario or in a folder under that, with `/` between its parts. A scenario from somebody
 * else must not be able to send what lies elsewhere, so that no path leads out of the folder.
 */
const filePath = z
  .string()
  .min(1)
  .max(1_000)
  .refine(
    (path) => !/^[\\/]|^[a-z]:|\\|\0/i.test(path) && !path.split('/').includes('..'),
    'must be a path relative to the file of the scenario, with / between its parts, and stay in its folder',
  );

const formValue = z.union([text, z.number(), z.boolean()]);

const part = z.union([
  z.strictObject({ name: fieldName, value: formValue, contentType: mediaType.optional() }),
  z.strictObject({
    name: fieldName,
    file: filePath,
    /** What the server is told; the last part of the path where it is left out. */
    filename: line.max(1_000).optional(),
    contentType: mediaType.optional(),
  }),
]);

/** A part of `multipart/form-data`: a value, or a file. */
export type MultipartPart = z.infer<typeof part>;

/** What a request can send; it has one of the first five at most. Placeholders stand in texts and values, not in files. */
export const bodyFields = {
  /**
   * Text as it is, of which an empty one is no content and `Content-Length: 0`; or any JSON, whose placeholders are
   * escaped and which sets `Content-Type`.
   */
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
  /** Fields of `application/x-www-form-urlencoded`; a list is the same name several times. */
  form: z.record(z.string().min(1).max(1_000), z.union([formValue, z.array(formValue).max(1_000)])).optional(),
  /** Parts of `multipart/form-data` (RFC 7578). */
  multipart: z.array(part).min(1).max(1_000).optional(),
  /** A file as it is. */
  bodyFile: filePath.optional(),
  /** Bytes in base64 (RFC 4648, 4). */
  bodyBase64: z.string().max(20_000_000).optional(),
  /** Whether what is sent is compressed, with `Content-Encoding: gzip`. */
  gzip: z.boolean().optional(),
};

/** What a request says of its body. */
export type BodyFields = { [Field in keyof typeof bodyFields]?: z.infer<(typeof bodyFields)[Field]> };

const kinds = ['body', 'form', 'multipart', 'bodyFile', 'bodyBase64'] as const;

/** What keeps a body from being sent; undefined where nothing does. */
export function describeBodyProblem(fields: BodyFields): string | undefined {
  const given = kinds.filter((kind) => fields[kind] !== undefined);
  if (given.length > 1) return `a request has one body, and this has ${given.map((kind) => `"${kind}"`).join(' and ')}`;
  if (fields.gzip && given.length === 0) return 'there is no body that "gzip" could compress';
  const { bodyBase64 = '' } = fields;
  const isBase64 = bodyBase64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bodyBase64);
  return isBase64 ? undefined : '"bodyBase64" is not base64';
}

/** A body that is text or JSON as text; JSON is written out. */
export function bodyTextOf(body: NonNullable<BodyFields['body']>): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The files that a body is made of, each once. */
export function filesIn({ bodyFile, multipart = [] }: BodyFields): string[] {
  const parts = multipart.flatMap((one) => ('file' in one ? [one.file] : []));
  return [...new Set([...(bodyFile === undefined ? [] : [bodyFile]), ...parts])];
}

/** `application/x-www-form-urlencoded` (WHATWG URL, 5.2). */
export function encodeForm(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}

/** The values of a form in the order in which they are sent. */
export function formPairs(form: NonNullable<BodyFields['form']>): [name: string, value: string][] {
  return Object.entries(form).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
}

/** A form as it is sent, its placeholders left to be filled in. */
export function formText(form: NonNullable<BodyFields['form']>): string {
  return formPairs(form)
    .map((pair) => pair.map((text) => mapLiterals(text, encodeForm)).join('='))
    .join('&');
}

/** All texts of a body that may have placeholders. */
export function bodyTexts({ body, form = {}, multipart = [] }: BodyFields): string[] {
  return [
    ...(body === undefined ? [] : [bodyTextOf(body)]),
    ...formPairs(form).flat(),
    ...multipart.flatMap((one) => ('file' in one ? [one.name, one.filename ?? ''] : [one.name, String(one.value)])),
  ];
}
