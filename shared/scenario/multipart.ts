import type { MultipartPart } from './requestBody';
import { mapLiterals } from './template';

/** A piece of a multipart body: a file, or text with placeholders. Names are escaped differently from values. */
export type MultipartSegment = { text: string; isName: boolean } | { file: string };

/** Escapes a name for the header of a part (WHATWG HTML, 4.10.21.8). */
export function escapePartName(name: string): string {
  return name.replace(/[\r\n"]/g, (character) => `%${character === '"' ? '22' : character === '\r' ? '0D' : '0A'}`);
}

/** Returns the file name that is sent to the server. */
export function filenameOf({ file, filename }: Extract<MultipartPart, { file: string }>): string {
  return filename ?? file.split('/').at(-1) ?? file;
}

/** The media type of unknown bytes (RFC 2046, 4.5.1). */
export const bytesType = 'application/octet-stream';

/** Builds a multipart body from parts (RFC 7578). */
export function multipartSegments(parts: readonly MultipartPart[], boundary: string): MultipartSegment[] {
  const named = (name: string): MultipartSegment => ({ text: mapLiterals(name, escapePartName), isName: true });
  const plain = (text: string): MultipartSegment => ({ text, isName: false });
  const all = parts.flatMap((part): MultipartSegment[] => {
    const isFile = 'file' in part;
    const type = part.contentType ?? (isFile ? bytesType : undefined);
    return [
      plain(`--${boundary}\r\nContent-Disposition: form-data; name="`),
      named(part.name),
      ...(isFile ? [plain('"; filename="'), named(filenameOf(part))] : []),
      plain(`"${type === undefined ? '' : `\r\nContent-Type: ${type}`}\r\n\r\n`),
      isFile ? { file: part.file } : plain(String(part.value)),
      plain('\r\n'),
    ];
  });
  return [...all, plain(`--${boundary}--\r\n`)];
}
