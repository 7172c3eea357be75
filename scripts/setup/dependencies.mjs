import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { fingerprint, readStamp } from './fingerprint.mjs';
import { pinnedNode, root } from './paths.mjs';
import { SetupError, step } from './terminal.mjs';

const stampFile = join(root, 'node_modules', '.proofload-install');

/** What npm says went wrong, without its usage text. */
function errorLines(output) {
  const lines = output.split('\n').filter((line) => line.startsWith('npm error') && line.trim() !== 'npm error');
  return lines.slice(0, 6).join('\n');
}

/**
 * Installs the locked dependencies when they are missing or older than the lockfile. The stamp is written last,
 * so that an interrupted install is done again.
 */
export async function ensureDependencies() {
  const wanted = fingerprint(['package-lock.json', '.npmrc']);
  if (readStamp(stampFile) === wanted) return;
  await step('installing dependencies (npm ci, about 30 s)', async () => {
    rmSync(stampFile, { force: true });
    const npm = process.env.npm_execpath;
    const [file, args] = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
    const { code, output } = await run(file, args, { cwd: root });
    if (code !== 0) {
      throw new SetupError(
        `npm ci failed:\n${errorLines(output)}`,
        'check that the npm registry can be reached (npm ping), then run the same command again; it goes on where it stopped',
      );
    }
    writeFileSync(stampFile, wanted);
  });
}

/** The Node that runs everything after the install: the pinned one, or a current one that is already running. */
export function currentNode() {
  if (existsSync(pinnedNode)) return pinnedNode;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new SetupError(
    `this platform (${process.platform} ${process.arch}) has no pinned Node in the lockfile, and ${process.version} is too old`,
    'install Node 24 or later from nodejs.org and run the same command again',
  );
}
