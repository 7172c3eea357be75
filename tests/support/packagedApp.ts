import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, Platform } from 'electron-builder';
import { debuggingEndpoint } from './debuggingEndpoint';

const repository = resolve(import.meta.dirname, '../..');

/** Where a system has the program of a distribution of Electron, and the parts of a package that is made of it. */
const layouts = {
  linux: { electron: 'electron', program: 'proofload', resources: 'resources' },
  darwin: {
    electron: 'Electron.app/Contents/MacOS/Electron',
    program: 'Proofload.app/Contents/MacOS/Proofload',
    resources: 'Proofload.app/Contents/Resources',
  },
  win32: { electron: 'electron.exe', program: 'Proofload.exe', resources: 'resources' },
};

function layoutHere(): (typeof layouts)['linux'] {
  const { platform } = process;
  if (platform === 'linux' || platform === 'darwin' || platform === 'win32') return layouts[platform];
  throw new Error(`there is no package for ${platform}`);
}

/** The Electron of these tests, and the add-on that goes with it where it is not the usual one. */
function electronOfTests(): { electronDist: string; electronVersion: string; binding: string | undefined } {
  const official = createRequire(import.meta.url).resolve('electron/package.json');
  const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(official, '../dist');
  const electronVersion = execFileSync(join(electronDist, layoutHere().electron), ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  }).trim();
  return { electronDist, electronVersion, binding: process.env.PROOFLOAD_SQLITE_BINDING };
}

/** The parts of a built package. */
interface BuiltPackage {
  program: string;
  resources: string;
}

/** Builds the folder of the package, as its installers have it, and resolves with the program in it. */
export function buildPackage(folder: string): Promise<BuiltPackage> {
  return buildWith(folder, {});
}

/** Starts the program as it is, but for the switches that it takes away: what opens an inspector stays. */
const inspectedMain = `import { app } from 'electron';
app.commandLine.removeSwitch = () => {};
await import('./index.js');
`;

/**
 * Builds the package once more, with a beginning of its own that leaves `--remote-debugging-port` in force. The program
 * itself has nothing in it that would.
 */
export async function buildInspectedPackage(folder: string): Promise<BuiltPackage> {
  const main = 'out/main/inspected.js';
  writeFileSync(join(repository, main), inspectedMain);
  try {
    return await buildWith(folder, { extraMetadata: { main } });
  } finally {
    rmSync(join(repository, main));
  }
}

async function buildWith(folder: string, changes: { extraMetadata?: { main: string } }): Promise<BuiltPackage> {
  const { electronDist, electronVersion, binding } = electronOfTests();
  let built = folder;
  await build({
    targets: Platform.current().createTarget('dir'),
    projectDir: repository,
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      electronDist,
      electronVersion,
      directories: { output: folder },
      // The name of the folder has the system and the processor in it.
      afterPack: ({ appOutDir }) => {
        built = appOutDir;
      },
      ...changes,
    },
  });
  const resources = join(built, layoutHere().resources);
  const prebuild = join(addOnsOf(resources), addOnHere);
  // A package takes no add-on from its environment: the one for the substitute Electron (docs/adr/002) is put in the
  // place of its own.
  if (binding) copyFileSync(binding, prebuild);
  return { program: join(built, layoutHere().program), resources };
}

/** The build of better-sqlite3 for this machine. */
export const addOnHere = `${process.platform}-${process.arch}.node`;

/** Where a package has its builds of better-sqlite3. */
export function addOnsOf(resources: string): string {
  return join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds');
}

function launchOn(program: string, dataFolder: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const { PROOFLOAD_SQLITE_BINDING: _development, ...inherited } = process.env;
  return spawn(program, args, {
    env: { ...inherited, ...env, PROOFLOAD_DATA_DIR: dataFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** A program of the package that runs as users have it. */
export interface PackagedApp {
  /** What it has written to its standard error so far. */
  errors(): string;
  /** Asks it to end, and resolves when it has. */
  end(): Promise<void>;
}

/** Launches a package on a data folder. */
export function launchPackage(
  program: string,
  dataFolder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): PackagedApp {
  const child = launchOn(program, dataFolder, args, env);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  return {
    errors: () => errors,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Launches a package of {@link buildInspectedPackage} on a data folder, and resolves with its page. */
export async function launchInspected(
  program: string,
  dataFolder: string,
): Promise<{ page: Page; close(): Promise<void> }> {
  const child = launchOn(program, dataFolder, ['--remote-debugging-port=0'], {});
  const ended = new Promise((done) => child.once('exit', done));
  const browser: Browser = await chromium.connectOverCDP(await debuggingEndpoint(child));
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (!page) throw new Error('the package has no window');
  return {
    page,
    close: async () => {
      await page.close();
      await ended;
      await browser.close();
    },
  };
}
