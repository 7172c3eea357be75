import { bytesType, filenameOf, multipartSegments } from '../../../shared/scenario/multipart';
import { type BodyFields, filesIn, formText } from '../../../shared/scenario/requestBody';

/* The parts of a k6 script for bodies that are neither plain text nor JSON. */

/** A part of a multipart body with files, which k6 builds from an object. */
interface K6Part {
  name: string;
  value?: string;
  file?: string;
  filename?: string;
  type?: string;
}

/** What a k6 script builds a body from. */
type K6Content =
  | { text: string; isForm: boolean }
  | { file: string }
  | { base64: string }
  /** k6 writes the boundary itself. */
  | { parts: K6Part[] };

/** A body for a k6 script, and the `Content-Type` that it needs. */
interface K6Body {
  content: K6Content;
  contentType: string | undefined;
}

/** Constant, so that two exports of a scenario are equal. */
const boundary = '----proofload-k6-6f1c2d9a8b';

/** Returns bytes as text, because a script can fill in secrets only in text; undefined for bytes that are not UTF-8. */
function textOf(base64: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

/** Returns the body of a request; undefined for a request without a body, and for text and JSON. */
export function k6BodyOf({ form, multipart, bodyFile, bodyBase64 }: BodyFields): K6Body | undefined {
  if (form)
    return { content: { text: formText(form), isForm: true }, contentType: 'application/x-www-form-urlencoded' };
  if (bodyFile !== undefined) return { content: { file: bodyFile }, contentType: bytesType };
  if (bodyBase64 !== undefined) {
    const text = textOf(bodyBase64);
    const content = text === undefined ? { base64: bodyBase64 } : { text, isForm: false };
    return { content, contentType: bytesType };
  }
  if (!multipart) return undefined;
  if (filesIn({ multipart }).length === 0) {
    const text = multipartSegments(multipart, boundary)
      .map((segment) => ('text' in segment ? segment.text : ''))
      .join('');
    return { content: { text, isForm: false }, contentType: `multipart/form-data; boundary=${boundary}` };
  }
  const parts = multipart.map((part) =>
    'file' in part
      ? {
          name: part.name,
          file: part.file,
          filename: filenameOf(part),
          type: part.contentType ?? bytesType,
        }
      : { name: part.name, value: String(part.value) },
  );
  return { content: { parts }, contentType: undefined };
}

/** Returns the headers of a request, with the `Content-Type` of its body unless they already have one. */
export function withContentType(
  headers: Readonly<Record<string, string>>,
  type: string | undefined,
): Record<string, string> {
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return type === undefined || isNamed ? { ...headers } : { 'Content-Type': type, ...headers };
}

/** The parts of a script that its bodies need; empty where no body is of these kinds. */
export interface K6BodySupport {
  /** Lines at the beginning of the script. */
  imports: string;
  /** The function `contentOf`, and the files that it uses. */
  functions: string;
  /**
   * Returns the source of the body of `name`: a call of `contentOf`, or `plain`. `fill` is a function that fills a text
   * with an encoder.
   */
  bodyOf(name: string, fill: string, plain: string): string;
  /** The parameter that compresses the body of `name`. */
  compression(name: string): string;
}

/**
 * Returns the parts of a script that its bodies need. They open files in the init context, the only place where k6
 * allows it.
 */
export function k6BodySupport(
  requests: readonly BodyFields[],
  source: (value: unknown, indent?: number) => string,
): K6BodySupport {
  const bodies = requests.flatMap((request) => k6BodyOf(request)?.content ?? []);
  const isGzip = requests.some(({ gzip }) => gzip);
  const compression = (name: string): string => (isGzip ? `\n    compression: ${name}.gzip ? 'gzip' : '',` : '');
  if (bodies.length === 0) return { imports: '', functions: '', bodyOf: (_name, _fill, plain) => plain, compression };
  const hasBytes = bodies.some((content) => 'base64' in content);
  const files = [...new Set(requests.flatMap(filesIn))];
  const opened = files.map((path) => `  ${source(path)}: open(${source(path)}, 'b'),\n`).join('');
  return {
    imports: hasBytes ? "import encoding from 'k6/encoding';\n" : '',
    functions: `/** @type {Record<string, ArrayBuffer>} */
const files = {\n${opened}};
/** @param {string} value */
const encodeForm = (value) => encodeURIComponent(value).replace(/%20/g, '+');
/** @param {any} content @param {(text: string, encode: (value: string) => string) => string} fillText @returns {any} */
function contentOf(content, fillText) {
  if (content.text !== undefined) return fillText(content.text, content.isForm ? encodeForm : (value) => value);
  if (content.file !== undefined) return files[content.file];
${hasBytes ? '  if (content.base64 !== undefined) return encoding.b64decode(content.base64);\n' : ''}  /** @type {Record<string, any>} */
  const parts = {};
  for (const { name, value, file, filename, type } of content.parts)
    parts[name] = file === undefined ? fillText(value, (text) => text) : http.file(files[file], filename, type);
  return parts;
}
`,
    bodyOf: (name, fill, plain) => `${name}.content ? contentOf(${name}.content, ${fill}) : ${plain}`,
    compression,
  };
}

/** Returns a sentence for each way in which k6 handles the bodies differently. */
export function k6BodyDifferences(requests: readonly BodyFields[]): string[] {
  const withFiles = requests.filter(({ multipart = [] }) => filesIn({ multipart }).length > 0);
  const isRepeated = withFiles.some(({ multipart = [] }) => {
    const names = multipart.map(({ name }) => name);
    return new Set(names).size < names.length;
  });
  const files = [...new Set(requests.flatMap(filesIn))];
  return [
    ...(files.length > 0 ? [`The script reads ${files.join(', ')} relative to itself: copy them beside it.`] : []),
    ...(isRepeated ? ['If parts of a form have the same name, only the last is sent.'] : []),
  ];
}
