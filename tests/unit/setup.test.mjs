import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, getPriority, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runBeside } from '../../scripts/setup/background.mjs';
import { run } from '../../scripts/setup/command.mjs';
import { isInstalled } from '../../scripts/setup/dependencies.mjs';
import { fingerprint, readStamp } from '../../scripts/setup/fingerprint.mjs';
import { makeMemoryFolder } from '../../scripts/setup/memoryFolder.mjs';
import { ensureSystemPackages } from '../../scripts/setup/systemPackages.mjs';
import { runMain, SetupError } from '../../scripts/setup/terminal.mjs';
import { toolFile } from '../../scripts/setup/tools.mjs';

describe('system packages', () => {
  let folder;
  let calls;
  /** Programs of the test's own in place of Debian's: they write down how they were called. */
  const fake = (name, script) =>
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> ${calls}\n${script}\n`, { mode: 0o755 });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-setup-'));
    calls = join(folder, 'calls');
    writeFileSync(calls, '');
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
    fake(
      'dpkg-query',
      'case "$*" in *libnss3*|*xauth*) printf installed;; *libasound2t64*) printf installed;; *) exit 1;; esac',
    );
    fake('dpkg', 'exit 0');
    fake('apt-get', 'exit 0');
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  const installs = () =>
    readFileSync(calls, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('apt-get install'));
  const missing = 'libgtk-3-0 libgbm1 fonts-dejavu-core xvfb unzip g++';

  it('are installed by root, the missing ones only, under either of their names', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    await ensureSystemPackages({ virtualDisplay: true, fallbackElectron: true });
    expect(installs()).toEqual([`apt-get install -y --no-install-recommends ${missing}`]);
  });

  it('are named with the exact command to anybody else, and nothing is installed', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    await expect(ensureSystemPackages({ virtualDisplay: true, fallbackElectron: true })).rejects.toMatchObject({
      remedy: `run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing}`,
    });
    expect(installs()).toEqual([]);
  });

  it('say what to do when apt-get fails', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    fake('apt-get', 'echo "E: no network"; exit 100');
    await expect(ensureSystemPackages()).rejects.toMatchObject({
      message: expect.stringContaining('no network'),
      remedy: expect.stringContaining('apt-get'),
    });
  });
});

describe('stamps', () => {
  it('change with names and contents, and a step that was interrupted has none', () => {
    expect(fingerprint(['package.json'])).toBe(fingerprint(['package.json']));
    expect(fingerprint(['package.json'])).not.toBe(fingerprint(['package.json', 'tsconfig.json']));
    expect(fingerprint(['no-such-folder'])).toBe(fingerprint([]));
    expect(readStamp('/no/such/stamp')).toBe('');
  });
});

describe('installed packages', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-install-'));
    mkdirSync(join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (file, packages) => writeFileSync(join(folder, file), JSON.stringify({ packages }));
  const locked = (packages) => write('package-lock.json', { '': { name: 'project' }, ...packages });
  const installed = (packages) => write('node_modules/.package-lock.json', packages);
  const one = { version: '1.0.0', integrity: 'sha512-one' };

  it('are those of the lockfile, but for optional ones of other systems', () => {
    locked({ 'node_modules/one': one, 'node_modules/other-system': { ...one, optional: true } });
    installed({ 'node_modules/one': one });
    expect(isInstalled(folder)).toBe(true);
  });

  it('are not there before npm has finished', () => {
    locked({ 'node_modules/one': one });
    mkdirSync(join(folder, 'node_modules/one'));
    expect(isInstalled(folder)).toBe(false);
  });

  it.each([
    ['another version', { 'node_modules/one': { ...one, version: '1.0.1' } }],
    ['another content', { 'node_modules/one': { ...one, integrity: 'sha512-other' } }],
    ['none of a package', {}],
  ])('are stale with %s', (_what, packages) => {
    locked({ 'node_modules/one': one });
    installed(packages);
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('tools', () => {
  it('have an entry point for Node, by the name of the package or of the command', () => {
    const tools = [['electron-vite'], ['vitest'], ['@playwright/test', 'playwright'], ['typescript', 'tsc']];
    for (const [name, command] of tools) expect(existsSync(toolFile(name, command))).toBe(true);
    expect(() => toolFile('vitest', 'vite')).toThrow('vitest has no command vite');
  });
});

describe('a program beside others', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-beside-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has less of the processors, and so has what it starts; what it prints is in a file', async () => {
    const output = join(folder, 'output.log');
    const program = `
      const { execFileSync } = require('node:child_process');
      console.log(require('node:os').getPriority());
      console.error(String(execFileSync(process.execPath, ['-p', 'require("node:os").getPriority()'])));
      process.exit(3);`;
    expect(await runBeside(process.execPath, ['-e', program], output)).toBe(3);
    const below = String(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
    expect(readFileSync(output, 'utf8').trim().split(/\s+/)).toEqual([below, below]);
  });

  it('fails when there is no such program', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await runBeside('no-such-program', [], join(folder, 'output.log'))).toBe(1);
    vi.restoreAllMocks();
  });
});

describe('failures', () => {
  it('print the error and the remedy, and end with code 1', async () => {
    const lines = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(line) > 0);
    const before = process.exitCode;
    await runMain(async () => {
      throw new SetupError('it broke', 'mend it');
    });
    expect([process.exitCode, lines.join('')]).toEqual([
      1,
      'proofload: error: it broke\nproofload: what to do: mend it\n',
    ]);
    process.exitCode = before;
    vi.restoreAllMocks();
  });

  it('tell a program that is not there from one that failed', async () => {
    expect(await run('no-such-program', [])).toMatchObject({ code: 127 });
    expect(await run(process.execPath, ['-e', 'process.exit(3)'])).toMatchObject({ code: 3 });
  });
});

describe('a folder in memory for the files of tests', () => {
  it.runIf(process.platform === 'linux')('can be entered by every user, and is gone when it is removed', () => {
    const folder = makeMemoryFolder(tmpdir());
    // There is none where less than 2 GiB are free.
    if (!folder) return;
    expect(statSync(folder.path).mode & 0o7777).toBe(0o1777);
    writeFileSync(join(folder.path, 'file'), '');
    folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  });

  it('is none where the system has no place for it', () => {
    expect(makeMemoryFolder(join(tmpdir(), 'proofload-nowhere'))).toBeUndefined();
  });
});
