import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { bytesType, escapePartName, multipartSegments } from '../../../shared/scenario/multipart';
import { type BodyFields, bodyTextOf, encodeForm, formText } from '../../../shared/scenario/requestBody';
import type { Template, TemplateValues } from '../../../shared/scenario/template';
import type { WireBody } from '../workload/workload';
import type { FileOf } from './bodyFiles';

/** A part of a body: text with placeholders, whose values `encode` escapes, or bytes that are sent unchanged. */
type Segment = { text: string; encode: (value: string) => string } | Buffer;

/** The body of a request, with its constant parts compiled once. */
export interface CompiledBody {
  /** The `Content-Type`, unless the request sets it; undefined when there is no content. */
  contentType: string | undefined;
  /** Whether the body is compressed. */
  isGzip: boolean;
  /** Whether the body is the same for every request. */
  isConstant: boolean;
  write(values: TemplateValues): WireBody;
}

const asItIs = (value: string): string => value;
/** Removes the quotes, because a placeholder in JSON is already between quotes. */
const escapeJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** The length of a body on the wire, in bytes. */
export function bodyLength(body: WireBody | undefined): number {
  if (body === undefined) return 0;
  return typeof body === 'string' ? Buffer.byteLength(body) : body.reduce((sum, { length }) => sum + length, 0);
}

/** The parts of a body and its `Content-Type`; undefined for a request without a body. */
function segmentsOf(fields: BodyFields, fileOf: FileOf): { segments: Segment[]; contentType: string } | undefined {
  const { body, form, multipart, bodyFile, bodyBase64 } = fields;
  const urlEncoded = 'application/x-www-form-urlencoded';
  if (bodyFile !== undefined) return { segments: [fileOf(bodyFile)], contentType: bytesType };
  if (bodyBase64 !== undefined) return { segments: [Buffer.from(bodyBase64, 'base64')], contentType: bytesType };
  if (form) return { segments: [{ text: formText(form), encode: encodeForm }], contentType: urlEncoded };
  if (multipart) {
    // A random boundary does not occur in the content by chance (RFC 2046, 5.1.1).
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

/** Joins pieces: into a string when all are text, otherwise into a list of buffers, without copying bytes. */
function joined(pieces: readonly (string | Buffer)[]): WireBody {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  return pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
}

function compressed(body: WireBody): WireBody {
  return [gzipSync(typeof body === 'string' ? body : Buffer.concat(body))];
}

/**
 * Compiles the body of a request, and reads the files that it sends. Undefined for a request without a body. Throws
 * `usage`.
 */
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
