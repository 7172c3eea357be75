import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { type TlsFileField, type TlsOptions, tlsFileFields } from '../../../shared/scenario/tlsOptions';

/** Bundles of all public authorities have a quarter of this. */
const maxFileBytes = 1024 * 1024;

const fileNames: Record<TlsFileField, string> = {
  caFile: 'CA file',
  certFile: 'client certificate',
  keyFile: 'key of the client certificate',
};

/** A problem of a TLS file. */
export interface TlsFileProblem {
  /** The option that names the file. */
  field: TlsFileField;
  /** What is wrong with it, without its name: `cannot be read: ...`. */
  message: string;
}

/** A problem as an error of a run. */
export function tlsFileError(path: string, { field, message }: TlsFileProblem): ProofloadError {
  return new ProofloadError('usage', `the ${fileNames[field]} ${path} ${message}`, 'give the path of a PEM file');
}

function locate(path: string, folder: string | undefined): string {
  if (isAbsolute(path)) return path;
  if (folder === undefined) throw new RangeError('there is no folder that a relative path could be in');
  return join(folder, path);
}

/** Throws an Error that says why there is no content. */
function contentOf(path: string, folder: string | undefined): Buffer {
  const file = locate(path, folder);
  const stats = statSync(file);
  // Reading a device or a pipe could block for ever.
  if (!stats.isFile()) throw new RangeError('it is not a file');
  if (stats.size > maxFileBytes) throw new RangeError('it has more than 1 MiB');
  return readFileSync(file);
}

/** Reads a file of TLS options. A relative path is in `folder`. Throws `usage`. */
export function readTlsFile(path: string, folder: string | undefined): Buffer {
  try {
    return contentOf(path, folder);
  } catch (error) {
    throw new ProofloadError(
      'usage',
      `the TLS file ${path} cannot be read: ${errorMessage(error)}`,
      'give the path of a PEM file',
    );
  }
}

/** The first certificate of a PEM file. Throws for any other content. */
function certificateOf(content: Buffer): X509Certificate {
  // A certificate in DER could be parsed here, but not by a TLS connection.
  if (!content.includes('-----BEGIN')) throw new RangeError('no PEM');
  return new X509Certificate(content);
}

function isLocked(content: Buffer): boolean {
  return /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(content.toString('latin1'));
}

/** Why a key can't be used with a client certificate; undefined when it can. */
function keyProblem(content: Buffer, certificate: X509Certificate | undefined): string | undefined {
  if (isLocked(content)) return 'has a passphrase, which cannot be entered here: name a file with the key alone';
  try {
    const key = createPrivateKey(content);
    return certificate && !certificate.checkPrivateKey(key) ? 'does not belong to the client certificate' : undefined;
  } catch {
    return 'has no private key in PEM';
  }
}

/** Returns the problems of the files of TLS options, at most one for each file. Relative paths are in `folder`. */
export function tlsFileProblems(tls: TlsOptions, folder: string | undefined): TlsFileProblem[] {
  let certificate: X509Certificate | undefined;
  const problemOf = (field: TlsFileField, path: string): string | undefined => {
    let content: Buffer;
    try {
      content = contentOf(path, folder);
    } catch (error) {
      return `cannot be read: ${errorMessage(error)}`;
    }
    if (field === 'keyFile') return keyProblem(content, certificate);
    try {
      const found = certificateOf(content);
      if (field === 'certFile') certificate = found;
      return undefined;
    } catch {
      return 'has no certificate in PEM';
    }
  };
  return tlsFileFields.flatMap((field) => {
    const path = tls[field];
    const message = path === undefined ? undefined : problemOf(field, path);
    return message === undefined ? [] : [{ field, message }];
  });
}
