import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, win32 } from 'node:path';
import { systemErrorCode } from '../../../shared/errors/appError';
import { dataError } from './dataError';

const besideScenario =
  'put it into the folder of the scenario file, or into one below, and name it by its path from there';

/**
 * The path of a data file that a scenario names, with links resolved. It must be in the folder of the scenario file or
 * below, so that a scenario from somebody else can't read other files of this machine. Throws `data-invalid`.
 */
export function dataFilePath(file: string, folder: string): string {
  if (isAbsolute(file) || win32.isAbsolute(file)) throw dataError(file, 'has an absolute path', besideScenario);
  try {
    const base = realpathSync(folder);
    const path = realpathSync(join(base, file));
    const inside = relative(base, path);
    if (inside.startsWith('..') || isAbsolute(inside))
      throw dataError(file, 'is not in the folder of the scenario file', besideScenario);
    if (!statSync(path).isFile()) throw dataError(file, 'is a folder, or no plain file', besideScenario);
    return path;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw dataError(file, 'is not in the folder of the scenario file', besideScenario);
    if (code === 'data-invalid' || code === undefined) throw error;
    throw dataError(file, `cannot be read (${code})`, 'check its permissions');
  }
}
