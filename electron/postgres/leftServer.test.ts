import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyByPs, identifyProcess } from '../system/processIdentity';
import { freeLock, leftServer, noteServer } from './leftServer';

/** Starts a process that writes `there` and does nothing until it is killed. */
function idle(...args: string[]): ChildProcess {
  const program = "setInterval(() => {}, 1e9); process.stdout.write('there')";
  return spawn(process.execPath, ['-e', program, '--', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
}

describe.skipIf(process.platform === 'win32')('a server that was left behind', () => {
  let folder: string;
  let children: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-left-'));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) {
      const exited = new Promise((end) => child.once('exit', end));
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await exited;
    }
    rmSync(folder, { recursive: true });
  });

  const start = async (...args: string[]): Promise<number> => {
    const child = idle(...args);
    children.push(child);
    // Before that, the system does not report its command line.
    await once(child.stdout ?? child, 'data');
    return child.pid ?? 0;
  };
  const note = (change: Record<string, unknown>): void => {
    const file = join(folder, 'proofload-server.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
  };
  const lock = (pid: number): void => writeFileSync(join(folder, 'postmaster.pid'), `${pid}\n${folder}\n1\n5432\n`);
  const locked = (): string[] => readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');

  it('is the process that was noted, by its number, its start and its command line', async () => {
    const pid = await start('-D', folder);
    noteServer(folder, pid);
    expect(leftServer(folder)).toMatchObject({ pid });
    expect(leftServer(folder, identifyByPs)).toBeUndefined();
    note({ ...identifyByPs(pid) });
    expect(leftServer(folder, identifyByPs)).toMatchObject({ pid });
  });

  it.each([
    ['has the number now', { started: 'Thu Jan  1 00:00:00 1970' }],
    ['was started in that moment as another program', { command: '/opt/bin/postgres -D elsewhere' }],
    ['was started in that moment to do something else', { command: `${process.execPath} -e elsewhere` }],
  ])('is no stranger that %s, with /proc or without', async (_what, change) => {
    const pid = await start();
    noteServer(folder, pid);
    note(change);
    expect(leftServer(folder)).toBeUndefined();
    note({ ...identifyByPs(pid), ...change });
    expect(leftServer(folder, identifyByPs)).toBeUndefined();
  });

  it('is none where the system does not tell of processes, and where the note was half written', async () => {
    noteServer(folder, await start('-D', folder));
    expect(leftServer(folder, () => undefined)).toBeUndefined();
    writeFileSync(join(folder, 'proofload-server.json'), '{"pid":');
    expect(leftServer(folder)).toBeUndefined();
  });

  it('keeps its lock file, which is freed from the number of a stranger and nothing else', async () => {
    const stranger = await start();
    lock(stranger);
    freeLock(folder, () => undefined);
    expect(locked()[0]).toBe(String(stranger));
    freeLock(folder, identifyByPs);
    expect(locked()).toEqual(['2147483646', folder, '1', '5432', '']);
    const server = await start('-D', folder);
    lock(server);
    freeLock(folder, identifyProcess);
    expect(locked()[0]).toBe(String(server));
  });
});
