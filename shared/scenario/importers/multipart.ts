/* Bodies of forms: multipart (RFC 7578) and URL-encoded (WHATWG URL, 5.2). */

/** A part of a multipart form. */
export interface FormPart {
  name: string;
  /** The text of the part; empty for a file that was not read. */
  value: string;
  fileName?: string | undefined;
  contentType?: string | undefined;
}

const typesByExtension: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'application/xml',
};

/** Returns the media type for the extension of a file name. */
export function typeOfFile(fileName: string): string {
  return typesByExtension[/\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

/** Returns a file name without its folders. */
export function baseName(path: string): string {
  return path.replace(/^.*[\\/]/s, '');
}

/** Escapes a name in the head of a part, as browsers do (WHATWG HTML, 4.10.21.8). */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}"`;
}

function headOf({ name, fileName, contentType }: FormPart): string {
  const file = fileName === undefined ? '' : `; filename=${quoted(fileName)}`;
  const type = contentType ?? (fileName === undefined ? undefined : typeOfFile(fileName));
  const line = type === undefined ? '' : `Content-Type: ${type.replace(/[\r\n]/g, ' ')}\r\n`;
  return `Content-Disposition: form-data; name=${quoted(name)}${file}\r\n${line}`;
}

/**
 * Returns a multipart form as text, and its `Content-Type`. Equal parts get the same boundary, which occurs in none of
 * them.
 */
export function multipartForm(parts: readonly FormPart[]): { body: string; contentType: string } {
  let boundary = 'proofload-form-boundary';
  while (parts.some(({ value }) => value.includes(boundary))) boundary += 'x';
  const body = parts.map((part) => `--${boundary}\r\n${headOf(part)}\r\n${part.value}\r\n`).join('');
  return { body: `${body}--${boundary}--\r\n`, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** Encodes pairs as a form: `a=1+2&b=x`. */
export function urlEncodedForm(pairs: Iterable<readonly [string, string]>): string {
  return new URLSearchParams([...pairs].map(([name, value]): [string, string] => [name, value])).toString();
}

/** Encodes a text like `curl_easy_escape`: everything except letters, digits and `-._~` (RFC 3986, 2.3). */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
