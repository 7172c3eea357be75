import { execFileSync, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, Platform } from 'electron-builder';
import { debuggingEndpoint } from './debuggingEndpoint';

const repository = resolve(import.meta.dirname, '../..');

/** The Electron of these tests, and the add-on that goes with it where it is not the usual one. */
function electronOfTests(): { electronDist: string; electronVersion: string; binding: string | undefined } {
  const official = createRequire(import.meta.url).resolve('electron/package.json');
  const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(official, '../dist');
  const electronVersion = execFileSync(join(electronDist, 'electron'), ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  }).trim();
  return { electronDist, electronVersion, binding: process.env.PROOFLOAD_SQLITE_BINDING };
}

/** Builds the folder of the package, as its installers have it, and resolves with the program in it. */
export async function buildPackage(folder: string): Promise<{ program: string; resources: string }> {
  const { electronDist, electronVersion, binding } = electronOfTests();
  await build({
    targets: Platform.LINUX.createTarget('dir'),
    projectDir: repository,
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      electronDist,
      electronVersion,
      directories: { output: folder },
      // The add-on for the substitute Electron (docs/adr/002) stands in the package as well.
      ...(binding ? { extraResources: [{ from: binding, to: 'better_sqlite3.node' }] } : {}),
    },
  });
  const unpacked = join(folder, 'linux-unpacked');
  return { program: join(unpacked, 'proofload'), resources: join(unpacked, 'resources') };
}

/** A program of the package that runs, watched through the window's own debugging port. */
export interface PackagedApp {
  page: Page;
  /** Ends it, and waits for that. */
  close(): Promise<void>;
}

/** Launches the package on a data folder. Playwright's own way needs a fuse that packages have off. */
export async function launchPackage(program: string, resources: string, dataFolder: string): Promise<PackagedApp> {
  const { binding } = electronOfTests();
  const child = spawn(program, ['--remote-debugging-port=0'], {
    env: {
      ...process.env,
      PROOFLOAD_DATA_DIR: dataFolder,
      ...(binding ? { PROOFLOAD_SQLITE_BINDING: join(resources, 'better_sqlite3.node') } : {}),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
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
