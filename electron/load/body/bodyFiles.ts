import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';

/** The content of a file that a request sends, by its path in the scenario. Throws `usage`. */
export type FileOf = (path: string) => Buffer;

const mebibyte = 1024 * 1024;
/** Files are kept in the memory of each load process. */
const maxFileBytes = 64 * mebibyte;
const maxTotalBytes = 256 * mebibyte;

function unusable(path: string, reason: string, hint: string): ProofloadError {
  return new ProofloadError('usage', `the file ${path}, which a request sends, ${reason}`, hint);
}

/**
 * Locates a file that a request sends. `folder` is the folder of the scenario file; undefined for a scenario without
 * one. Throws `usage` for a file that does not exist, is outside of the folder (also through links), is not a regular
 * file, or is too large.
 */
export function locateBodyFile(folder: string | undefined, path: string): { file: string; bytes: number } {
  if (folder === undefined)
    throw unusable(
      path,
      'has no folder to be looked for in',
      'run the scenario by itself from its file, with this file beside it',
    );
  let file: string;
  let stats: Stats;
  let root: string;
  try {
    root = realpathSync(folder);
    file = realpathSync(join(root, path));
    stats = statSync(file);
  } catch (error) {
    throw unusable(path, `cannot be read: ${errorMessage(error)}`, `paths are relative to the scenario, in ${folder}`);
  }
  const place = relative(root, file);
  if (place.startsWith('..') || isAbsolute(place))
    throw unusable(
      path,
      'leads out of the folder of the scenario',
      'copy it beside the scenario, or into a folder there',
    );
  if (!stats.isFile()) throw unusable(path, 'is not a file', 'name a file');
  if (stats.size > maxFileBytes)
    throw unusable(
      path,
      `has ${Math.ceil(stats.size / mebibyte)} MiB, and ${maxFileBytes / mebibyte} MiB are the limit`,
      'send a smaller one: each load process keeps it in memory',
    );
  return { file, bytes: stats.size };
}

/**
 * Returns a function that reads the files of a scenario, each once, when it is first requested. Their total size is at
 * most `limitBytes`.
 */
export function bodyFiles(folder: string | undefined, limitBytes = maxTotalBytes): FileOf {
  const known = new Map<string, Buffer>();
  let totalBytes = 0;
  return (path) => {
    const found = known.get(path);
    if (found) return found;
    const { file } = locateBodyFile(folder, path);
    const content = readFileSync(file);
    totalBytes += content.length;
    if (content.length > maxFileBytes || totalBytes > limitBytes)
      throw unusable(
        path,
        `and the others have more than ${limitBytes / mebibyte} MiB together`,
        'send fewer or smaller ones: each load process keeps them in memory',
      );
    known.set(path, content);
    return content;
  };
}
