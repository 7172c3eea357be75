import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { cacheDir } from './paths.mjs';
import { say, step } from './terminal.mjs';

const program = join('usr', 'sbin', 'nginx');

async function works(file) {
  const { code } = await run(file, ['-v']);
  return code === 0;
}

/** Takes the program out of Debian's package, which installed as a package would also start a service. */
async function unpack(folder) {
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  const { code } = await run('apt-get', ['download', 'nginx'], { cwd: work });
  const archive = code === 0 ? readdirSync(work).find((name) => name.endsWith('.deb')) : undefined;
  const unpacked = archive ? await run('dpkg', ['--extract', archive, '.'], { cwd: work }) : { code: 1 };
  // Moved when it is whole: an unpacking that was killed is done again.
  rmSync(folder, { recursive: true, force: true });
  if (unpacked.code === 0) renameSync(work, folder);
  else rmSync(work, { recursive: true, force: true });
}

/**
 * The nginx that tests put load on: the system's, else that of Debian's package, unpacked beside the other downloads
 * and not installed. Undefined where neither is to be had, which skips those tests.
 */
export async function ensureNginx() {
  for (const file of ['nginx', join('/', program)]) if (await works(file)) return file;
  const folder = join(cacheDir, 'nginx');
  const file = join(folder, program);
  if (!existsSync(file) && existsSync('/usr/bin/apt-get'))
    await step('fetching nginx for tests (0.5 MB)', () => unpack(folder));
  if (await works(file)) return file;
  say('nginx is not installed: the tests with it are skipped');
  return undefined;
}
