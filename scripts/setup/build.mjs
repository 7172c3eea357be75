import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from './command.mjs';
import { fingerprint, readStamp } from './fingerprint.mjs';
import { root } from './paths.mjs';
import { SetupError, step } from './terminal.mjs';
import { toolFile } from './tools.mjs';

const stampFile = join(root, 'out', '.build-stamp');
const sources = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** Builds main, preload, renderer and command line into out/ when a source has changed since the last build. */
export async function ensureBuild() {
  const wanted = fingerprint(sources);
  if (readStamp(stampFile) === wanted) return;
  await step('building', async () => {
    rmSync(stampFile, { force: true });
    const args = [toolFile('electron-vite'), 'build', '--logLevel', 'warn'];
    const { code, output } = await run(process.execPath, args, { cwd: root });
    if (code !== 0) {
      throw new SetupError(
        `the build failed:\n${tail(output, 30)}`,
        'mend the error above and run the same command again',
      );
    }
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(stampFile, wanted);
  });
}
