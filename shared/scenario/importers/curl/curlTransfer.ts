import type { FormPart } from '../multipart';

/** The requests of a curl command, or of its part between two `--next`. */
export interface CurlTransfer {
  urls: string[];
  /** Whether brackets and braces in URLs are text. */
  isGlobOff: boolean;
  method: string | undefined;
  isHead: boolean;
  isQuery: boolean;
  isJson: boolean;
  /** `Name: value`, `Name;` for an empty header, or `Name:` for a default header of curl that must not be sent. */
  headers: string[];
  data: string | undefined;
  form: FormPart[];
  /** What `--url-query` adds to the URLs. */
  query: string[];
  /** The file to upload. */
  upload: string | undefined;
  user: string | undefined;
  /** Headers that options imply. Explicit headers take precedence. */
  implied: Map<string, string>;
  cookies: string[];
  /** Whether redirects are followed, and the maximum if it is given. A negative number means no limit. */
  isFollowed: boolean;
  maxRedirects: number | undefined;
  /** The proxy as it is written, with the option that names it, and its user. */
  proxy: { option: string; text: string } | undefined;
  proxyUser: string | undefined;
  /** An authentication scheme of the proxy that negotiates. */
  proxyScheme: string | undefined;
  /** The hosts that are not reached through the proxy, as they are written. */
  noProxy: string;
  /** An authentication scheme that negotiates or signs. */
  scheme: string | undefined;
  notes: string[];
  /** What curl would read from standard input. */
  input: string | undefined;
}

/** Returns a transfer without any options. */
export function emptyTransfer(input: string | undefined): CurlTransfer {
  return {
    urls: [],
    isGlobOff: false,
    method: undefined,
    isHead: false,
    isQuery: false,
    isJson: false,
    headers: [],
    data: undefined,
    form: [],
    query: [],
    upload: undefined,
    user: undefined,
    implied: new Map(),
    cookies: [],
    isFollowed: false,
    maxRedirects: undefined,
    proxy: undefined,
    proxyUser: undefined,
    proxyScheme: undefined,
    noProxy: '',
    scheme: undefined,
    notes: [],
    input,
  };
}

/**
 * Returns the content of a file that a value names. When the text does not contain it, returns an empty text and adds a
 * note.
 */
export function contentOf(transfer: CurlTransfer, file: string): string {
  if (file === '-' && transfer.input !== undefined) return transfer.input;
  const source = file === '-' ? 'its standard input' : `the file ${file}`;
  transfer.notes.push(`A part of the request comes from ${source}, which was not read: write it into the request.`);
  return '';
}
