import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { bytesType, escapePartName, multipartSegments } from '../../../shared/scenario/multipart';
import { type BodyFields, bodyTextOf, encodeForm, formText } from '../../../shared/scenario/requestBody';
import type { Template, TemplateValues } from '../../../shared/scenario/template';
import type { WireBody } from '../workload/workload';
import type { FileOf } from './bodyFiles';

/** A piece of a body: text with placeholders, whose values are escaped for their place, or bytes as they are. */
type Segment = { text: string; encode: (value: string) => string } | Buffer;

/** The body of a request, of which everything is compiled that is the same each time. */
export interface CompiledBody {
  /** What `Content-Type` is, unless the request names it; undefined where there is no content. */
  contentType: string | undefined;
  /** Whether what is written is compressed. */
  isGzip: boolean;
  /** Whether it is the same each time. */
  isConstant: boolean;
  write(values: TemplateValues): WireBody;
}

const asItIs = (value: string): string => value;
/** What is filled into JSON stands between the quotes that are there. */
const escapeJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** How long a body is on the wire. */
export function bodyLength(body: WireBody | undefined): number {
  if (body === undefined) return 0;
  return typeof body === 'string' ? Buffer.byteLength(body) : body.reduce((sum, { length }) => sum + length, 0);
}

/** What a body is made of, and what `Content-Type` it has. */
function segmentsOf(fields: BodyFields, fileOf: FileOf): { segments: Segment[]; contentType: string } | undefined {
  const { body, form, multipart, bodyFile, bodyBase64 } = fields;
  const urlEncoded = 'application/x-www-form-urlencoded';
  if (bodyFile !== undefined) return { segments: [fileOf(bodyFile)], contentType: bytesType };
  if (bodyBase64 !== undefined) return { segments: [Buffer.from(bodyBase64, 'base64')], contentType: bytesType };
  if (form) return { segments: [{ text: formText(form), encode: encodeForm }], contentType: urlEncoded };
  if (multipart) {
    // No content has it by chance (RFC 2046, 5.1.1).
    const boundary = `----proofload${randomBytes(16).toString('hex')}`;
    const segments = multipartSegments(multipart, boundary).map((segment) => {
      if ('file' in segment) return fileOf(segment.file);
      return { text: segment.text, encode: segment.isName ? escapePartName : asItIs };
    });
    return { segments, contentType: `multipart/form-data; boundary=${boundary}` };
  }
  if (body === undefined) return undefined;
  const isText = typeof body === 'string';
  const segment = { text: bodyTextOf(body), encode: isText ? asItIs : escapeJson };
  return { segments: [segment], contentType: isText ? urlEncoded : 'application/json' };
}

/** Writes pieces one after the other: text as long as there is only text, else bytes, of which none are copied. */
function joined(pieces: readonly (string | Buffer)[]): WireBody {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  return pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
}

function compressed(body: WireBody): WireBody {
  return [gzipSync(typeof body === 'string' ? body : Buffer.concat(body))];
}

/** Compiles the body of a request; undefined for one without. Reads the files that it sends. Throws `usage`. */
export function compileBody(
  fields: BodyFields,
  compile: (text: string) => Template,
  fileOf: FileOf,
): CompiledBody | undefined {
  const made = segmentsOf(fields, fileOf);
  if (!made) return undefined;
  const parts = made.segments.map((segment) =>
    Buffer.isBuffer(segment) ? segment : { template: compile(segment.text), encode: segment.encode },
  );
  const [only] = parts;
  const filled =
    only && parts.length === 1 && !Buffer.isBuffer(only)
      ? (values: TemplateValues): WireBody => only.template.fill(values, only.encode)
      : (values: TemplateValues): WireBody =>
          joined(parts.map((part) => (Buffer.isBuffer(part) ? part : part.template.fill(values, part.encode))));
  const isGzip = fields.gzip === true;
  const written = isGzip ? (values: TemplateValues): WireBody => compressed(filled(values)) : filled;
  const isConstant = parts.every((part) => Buffer.isBuffer(part) || part.template.isConstant);
  const constant = isConstant ? written({ iteration: 0, row: {} }) : undefined;
  return {
    contentType: fields.body === '' ? undefined : made.contentType,
    isGzip,
    isConstant,
    write: constant === undefined ? written : () => constant,
  };
}
