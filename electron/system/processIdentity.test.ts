import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyByProc, identifyByPs, identifyProcess, isStill, signalAll } from './processIdentity';

/** A process that writes a message when it runs, and again whenever it is written to. */
const program = "process.stdout.write('here\\n'); process.stdin.on('data', () => process.stdout.write('here\\n'))";

describe.skipIf(process.platform === 'win32')('the identity of a process', () => {
  let child: ChildProcess;
  let exited: Promise<unknown>;
  const answers = (): Promise<unknown> => new Promise((said) => child.stdout?.once('data', said));
  const pid = (): number => child.pid ?? 0;
  beforeEach(async () => {
    child = spawn(process.execPath, ['-e', program, 'marker'], { stdio: ['pipe', 'pipe', 'inherit'] });
    exited = new Promise((end) => child.once('exit', end));
    await answers();
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await exited;
  });

  const ways = [
    ...(process.platform === 'linux' ? [['/proc', identifyByProc] as const] : []),
    ['ps, where there is no /proc', identifyByPs] as const,
  ];
  it.each(ways)('is its start and its command line, by %s', async (_name, identify) => {
    const identity = identify(pid());
    expect(identity).toMatchObject({ pid: pid(), command: expect.stringMatching(/node.* marker$/) });
    expect(identity.started).toMatch(/\d/);
    expect(isStill(identity, identify)).toBe(true);
    // Another process had the number before, or a program with another name has it now.
    expect(isStill({ ...identity, started: 'Thu Jan  1 00:00:00 1970' }, identify)).toBe(false);
    expect(isStill({ ...identity, command: '/usr/bin/postgres -D marker' }, identify)).toBe(false);
    child.kill('SIGKILL');
    await exited;
    expect(isStill(identity, identify)).toBe(false);
  });

  it('stays what it is when the process says what it is doing, as those of PostgreSQL do', () => {
    const identity = identifyProcess(pid());
    if (!identity) throw new Error('not identified');
    const named = (command: string) => () => ({ ...identity, command });
    const server = { ...identity, command: '/opt/postgres -D /data' };
    expect(isStill(server, named('postgres: checkpointer'))).toBe(true);
    expect(isStill(server, named('postmark: checkpointer'))).toBe(false);
  });

  it('is what is signalled, and no process that has its number now', async () => {
    const identity = identifyProcess(pid());
    if (!identity) throw new Error('not identified');
    signalAll([{ ...identity, started: 'in another life' }], 'SIGKILL');
    // A process that was signalled would not respond any more.
    const answer = answers();
    child.stdin?.write('?');
    await answer;
    signalAll([identity], 'SIGKILL');
    await exited;
    expect(child.signalCode).toBe('SIGKILL');
    signalAll([identity], 'SIGKILL');
  });
});
