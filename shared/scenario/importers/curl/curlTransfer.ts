import type { FormPart } from '../multipart';

/** What the words of a curl command say of its requests; one between two `--next`. */
export interface CurlTransfer {
  urls: string[];
  method: string | undefined;
  isHead: boolean;
  isQuery: boolean;
  isJson: boolean;
  /** As `Name: value`, `Name;` for an empty one and `Name:` for one that curl would send by itself and is not to. */
  headers: string[];
  data: string | undefined;
  form: FormPart[];
  /** What `--url-query` adds to the URLs. */
  query: string[];
  /** The file that is sent. */
  upload: string | undefined;
  user: string | undefined;
  /** Headers that options stand for, which one that is named goes before. */
  implied: Map<string, string>;
  cookies: string[];
  /** Whether redirects are followed, and how many at most where that is said; a negative number: without a limit. */
  isFollowed: boolean;
  maxRedirects: number | undefined;
  /** An authentication that is negotiated, or signs. */
  scheme: string | undefined;
  notes: string[];
  /** What curl would read from its standard input. */
  input: string | undefined;
}

/** A transfer of which nothing is said yet. */
export function emptyTransfer(input: string | undefined): CurlTransfer {
  return {
    urls: [],
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
    scheme: undefined,
    notes: [],
    input,
  };
}

/** The content of a file that a value names; nothing, and a note, for all but what the text itself holds. */
export function contentOf(transfer: CurlTransfer, file: string): string {
  if (file === '-' && transfer.input !== undefined) return transfer.input;
  const source = file === '-' ? 'its standard input' : `the file ${file}`;
  transfer.notes.push(`A part of the request comes from ${source}, which was not read: write it into the request.`);
  return '';
}
