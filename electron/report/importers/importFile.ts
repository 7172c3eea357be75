import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { printableLine } from '../../../shared/text/printable';
import { isOpenDatabase } from '../../system/openDatabases';

/** A JSON document is read as a whole. */
const maxDocumentBytes = 64 * 2 ** 20;
/**
 * The maximum size of a file of lines or rows, which is read in pieces. The slowest importer takes some hours for it.
 */
const maxBytes = 64 * 2 ** 30;
const headBytes = 64 * 2 ** 10;
const maxLineLength = 2 ** 20;
/** Progress is reported whenever at least this much more of a file has been read. */
const reportedShare = 1 / 1_000;

/**
 * Windows ends lines this way; a program that writes such ends through a text file there doubles the carriage return.
 */
const lineEnds = /\r+\n/g;

/** Receives the progress of reading a file, and can stop it. */
export interface ImportWatch {
  signal?: AbortSignal;
  /** `share` is how much of the file has been read, from 0 to 1. */
  onRead?(share: number): void;
}

/** The error for a file that cannot be imported. */
export function importFailed(message: string, hint: string, cause?: unknown): ProofloadError {
  return new ProofloadError('import-failed', message, `${hint}; nothing was saved`, { cause });
}

/** Returns the name of a file without control characters, which a terminal would act on. */
function nameOf(path: string): string {
  return printableLine(basename(path)).slice(0, 255);
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

function encodingOf(bytes: Uint8Array): Encoding {
  // The redirection of PowerShell writes such a byte order mark.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without a byte order mark: results start with ASCII, and in UTF-16 every other byte of that is zero.
  const isAscii = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x09 && byte < 0x7f;
  const [first, second, third, fourth] = bytes;
  if (isAscii(first) && second === 0 && isAscii(third) && fourth === 0) return 'utf-16le';
  return first === 0 && isAscii(second) && third === 0 && isAscii(fourth) ? 'utf-16be' : 'utf-8';
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

/** A file to import, read within limits. All methods throw `import-failed`, or `interrupted`. */
export class ImportFile {
  readonly name: string;
  /** Its start as text; a character that is cut in half becomes U+FFFD. */
  readonly head: string;
  /** Its start as bytes. */
  readonly headBytes: Uint8Array;
  readonly path: string;
  readonly #watch: ImportWatch;
  readonly #bytes: number;
  readonly #encoding: Encoding;
  #reported = 0;

  private constructor(path: string, bytes: number, head: Uint8Array, watch: ImportWatch) {
    this.path = path;
    this.#watch = watch;
    this.#bytes = bytes;
    this.#encoding = encodingOf(head);
    this.name = nameOf(path);
    this.headBytes = head;
    this.head = new TextDecoder(this.#encoding).decode(head).replace(lineEnds, '\n');
  }

  static async open(path: string, watch: ImportWatch = {}): Promise<ImportFile> {
    const name = nameOf(path);
    try {
      const info = await stat(path);
      if (isOpenDatabase(path))
        throw importFailed(
          `${name} is the history of this Proofload, or belongs to it`,
          'choose a file that a tool has written; runs in the history need no import',
        );
      if (!info.isFile()) throw importFailed(`${name} is not a file`, 'choose the file that the tool has written');
      if (info.size === 0) throw importFailed(`${name} is empty`, 'check whether the tool ended before it wrote it');
      if (info.size > maxBytes)
        throw importFailed(
          `${name} has ${megabytes(info.size)}, more than the ${megabytes(maxBytes)} that Proofload reads`,
          'import a summary of the run, or a part of it',
        );
      const handle = await open(path, 'r');
      try {
        const head = new Uint8Array(Math.min(headBytes, info.size));
        const { bytesRead } = await handle.read(head, 0, head.length, 0);
        return new ImportFile(path, info.size, head.subarray(0, bytesRead), watch);
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (error instanceof ProofloadError) throw error;
      throw importFailed(`${name} cannot be read: ${errorMessage(error)}`, 'check the path and the permissions', error);
    }
  }

  /** Whether the file is UTF-8, judged by its beginning. */
  get isUtf8(): boolean {
    return this.#encoding === 'utf-8';
  }

  /** Returns the error for a failure to read this file. */
  unreadable(error: unknown): ProofloadError {
    return importFailed(
      `${this.name} cannot be read: ${errorMessage(error)}`,
      'check the path and the permissions',
      error,
    );
  }

  /**
   * Like {@link note}, after `read` bytes of the file. It reports only when a noticeable share was read since the last
   * report.
   */
  noteBytes(read: number): void {
    const share = read / this.#bytes;
    // When the first reader has given up, the file is read again from its beginning.
    const isDue = share < this.#reported || share >= this.#reported + reportedShare || share >= 1;
    if (isDue) {
      this.#reported = share;
      this.note(share);
    } else this.#throwIfStopped();
  }

  /** Reports how much has been read, from 0 to 1. Throws `interrupted` when the user has cancelled. */
  note(share: number): void {
    this.#watch.onRead?.(Math.min(1, share));
    this.#throwIfStopped();
  }

  #throwIfStopped(): void {
    if (this.#watch.signal?.aborted)
      throw new ProofloadError(
        'interrupted',
        `the import of ${this.name} was stopped`,
        'import it again; nothing was saved',
      );
  }

  /** Yields the bytes in chunks. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    let read = 0;
    try {
      for await (const chunk of createReadStream(this.path, { highWaterMark: 256 * 2 ** 10 })) {
        if (!(chunk instanceof Uint8Array)) continue;
        yield chunk;
        read += chunk.length;
        this.noteBytes(read);
      }
    } catch (error) {
      throw error instanceof ProofloadError ? error : this.unreadable(error);
    }
  }

  /** Yields the text in chunks, with Unix line ends. */
  async *chunks(): AsyncGenerator<string> {
    const decoder = new TextDecoder(this.#encoding, { fatal: true });
    const decode = (chunk?: Uint8Array): string => {
      try {
        return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      } catch (error) {
        throw importFailed(
          `${this.name} is not text in UTF-8 or UTF-16`,
          'choose the file that the tool has written',
          error,
        );
      }
    };
    // A chunk may end within a line end.
    let returns = '';
    for await (const chunk of this.bytes()) {
      const text = returns + decode(chunk);
      [returns = ''] = /\r+$/.exec(text) ?? [];
      yield text.slice(0, text.length - returns.length).replace(lineEnds, '\n');
    }
    yield returns + decode();
  }

  /** Yields the lines, without their ends. */
  async *lines(): AsyncGenerator<string> {
    let rest = '';
    for await (const chunk of this.chunks()) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > maxLineLength)
        throw importFailed(
          `${this.name} has a line of more than a million characters`,
          'choose the file that the tool has written',
        );
      yield* lines;
    }
    if (rest !== '') yield rest;
  }

  /** Returns the whole text of a document. */
  async text(): Promise<string> {
    if (this.#bytes > maxDocumentBytes)
      throw importFailed(
        `${this.name} has ${megabytes(this.#bytes)}, more than the ${megabytes(maxDocumentBytes)} that a document may have`,
        'import a summary of the run',
      );
    let text = '';
    for await (const chunk of this.chunks()) text += chunk;
    return text;
  }
}
