import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { pinnedNode, root } from './paths.mjs';
import { SetupError, step } from './terminal.mjs';
import { npmCommand } from './tools.mjs';

/** What npm says went wrong, without its usage text. */
function errorLines(output) {
  const lines = output.split('\n').filter((line) => line.startsWith('npm error') && line.trim() !== 'npm error');
  return lines.slice(0, 6).join('\n');
}

function packagesIn(file) {
  if (!existsSync(file)) return undefined;
  const { '': _project, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages;
  return packages;
}

/**
 * Whether the packages of a project's lockfile are installed: npm writes what it has installed into
 * node_modules/.package-lock.json when it has finished, so an interrupted install has no such file. Optional packages
 * of other systems are in the lockfile only.
 */
export function isInstalled(project) {
  const wanted = packagesIn(join(project, 'package-lock.json'));
  const installed = packagesIn(join(project, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    const found = installed[path];
    if (found === undefined) return optional === true || devOptional === true;
    return found.version === version && found.integrity === integrity;
  });
}

/** Installs the locked dependencies when they are missing or not those of the lockfile. */
export async function ensureDependencies() {
  if (isInstalled(root)) return;
  await step('installing dependencies (npm ci, about 30 s)', async () => {
    const [npm, args] = npmCommand();
    const { code, output } = await run(npm, [...args, 'ci'], { cwd: root });
    if (code !== 0) {
      throw new SetupError(
        `npm ci failed:\n${errorLines(output)}`,
        'check that the npm registry can be reached (npm ping), then run the same command again; it goes on where it stopped',
      );
    }
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
