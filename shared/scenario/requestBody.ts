import { z } from 'zod';
import { mapLiterals } from './template';

const text = z.string().max(10_000_000);
const line = z.string().regex(/^[^\r\n\0]*$/, 'must be one line');
const fieldName = line.min(1).max(1_000);
const mediaType = line.regex(/^[^\s/]+\/[^\s]+/, 'must be a media type such as image/png').max(200);

/**
 * A file in the folder of the scenario file or below it, with `/` as the separator. No path may leave the folder,
 * because a scenario from someone else must not be able to send other files.
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
    /** The file name that is sent; by default the last part of the path. */
    filename: line.max(1_000).optional(),
    contentType: mediaType.optional(),
  }),
]);

/** A part of `multipart/form-data`: a value, or a file. */
export type MultipartPart = z.infer<typeof part>;

/**
 * The body of a request. At most one of the first five fields is allowed. Texts and values can have placeholders; files
 * cannot.
 */
export const bodyFields = {
  /**
   * Text that is sent unchanged, or any JSON, which sets `Content-Type` and whose placeholders are escaped. An empty
   * text is sent as no content with `Content-Length: 0`.
   */
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
  /** Fields of `application/x-www-form-urlencoded`. A list repeats the name for each value. */
  form: z.record(z.string().min(1).max(1_000), z.union([formValue, z.array(formValue).max(1_000)])).optional(),
  /** Parts of `multipart/form-data` (RFC 7578). */
  multipart: z.array(part).min(1).max(1_000).optional(),
  /** A file that is sent unchanged. */
  bodyFile: filePath.optional(),
  /** Bytes in base64 (RFC 4648, 4). */
  bodyBase64: z.string().max(20_000_000).optional(),
  /** Whether the body is compressed and sent with `Content-Encoding: gzip`. */
  gzip: z.boolean().optional(),
};

/** The body fields of a request. */
export type BodyFields = { [Field in keyof typeof bodyFields]?: z.infer<(typeof bodyFields)[Field]> };

const kinds = ['body', 'form', 'multipart', 'bodyFile', 'bodyBase64'] as const;

/** Describes why a body cannot be sent; undefined when it can. */
export function describeBodyProblem(fields: BodyFields): string | undefined {
  const given = kinds.filter((kind) => fields[kind] !== undefined);
  if (given.length > 1) return `a request has one body, and this has ${given.map((kind) => `"${kind}"`).join(' and ')}`;
  if (fields.gzip && given.length === 0) return 'there is no body that "gzip" could compress';
  const { bodyBase64 = '' } = fields;
  const isBase64 = bodyBase64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bodyBase64);
  return isBase64 ? undefined : '"bodyBase64" is not base64';
}

/** Returns a text or JSON body as text; JSON is serialised. */
export function bodyTextOf(body: NonNullable<BodyFields['body']>): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Returns the files that a body uses, without duplicates. */
export function filesIn({ bodyFile, multipart = [] }: BodyFields): string[] {
  const parts = multipart.flatMap((one) => ('file' in one ? [one.file] : []));
  return [...new Set([...(bodyFile === undefined ? [] : [bodyFile]), ...parts])];
}

/** Encodes a value as `application/x-www-form-urlencoded` (WHATWG URL, 5.2). */
export function encodeForm(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}

/** Returns the fields of a form in the order in which they are sent. */
export function formPairs(form: NonNullable<BodyFields['form']>): [name: string, value: string][] {
  return Object.entries(form).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
}

/** Returns a form as it is sent, with its placeholders left in place. */
export function formText(form: NonNullable<BodyFields['form']>): string {
  return formPairs(form)
    .map((pair) => pair.map((text) => mapLiterals(text, encodeForm)).join('='))
    .join('&');
}

/** Returns all texts of a body that can contain placeholders. */
export function bodyTexts({ body, form = {}, multipart = [] }: BodyFields): string[] {
  return [
    ...(body === undefined ? [] : [bodyTextOf(body)]),
    ...formPairs(form).flat(),
    ...multipart.flatMap((one) => ('file' in one ? [one.name, one.filename ?? ''] : [one.name, String(one.value)])),
  ];
}
