import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { printError, printTable } from './output';
import { buildProgram } from './program';

describe('what commands print', () => {
  let written: string;
  beforeEach(() => {
    written = '';
    const take = (chunk: unknown): boolean => {
      written += String(chunk);
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(take);
    vi.spyOn(process.stderr, 'write').mockImplementation(take);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has a line for each row of a table, whatever the names in it are', () => {
    printTable(['run', 'name'], [['a\u001b[2J', 'b\nforged  passed\r']]);
    expect(written).toBe('run   name\na[2J  b forged  passed\n');
  });

  it('has nothing that a terminal obeys in an error', () => {
    printError({ code: 'usage', message: 'there is no file \u009b2J\u202E', hint: 'name another' });
    expect(written).toBe('proofload: there is no file 2J\nwhat to do: name another\n');
  });

  it('names the flag that does what the hint of an error says', () => {
    const details = { about: 'host', host: 'shop.example' } as const;
    printError({ code: 'remote-not-allowed', message: 'no', hint: 'confirm the host', details });
    expect(written).toContain(
      'what to do: confirm the host; --allow-host shop.example allows it, and --allow-remote every host\n',
    );
  });

  it('has neither that nor a secret in what is said of an argument', async () => {
    const program = await buildProgram('', ['run']);
    await expect(
      program.parseAsync(['node', 'proofload', 'run', 'level-0', '--stages', 'http://u:typed@h/\u001b[2J']),
    ).rejects.toThrow();
    expect(written).toContain("argument 'http://***@h/[2J' is invalid");
    expect(written).not.toContain('typed');
  });
});
