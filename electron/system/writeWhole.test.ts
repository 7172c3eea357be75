import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeWhole } from './writeWhole';

/** What was done to files, in order, and the names of those that are open. */
const recorded = vi.hoisted(() => ({ steps: [] as string[], open: new Map<number, string>(), fails: '' }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const named = (path: unknown): string => String(path).split(/[\\/]/).at(-1)?.replace(/\d+/g, 'N') ?? '';
  const step = (text: string): void => {
    recorded.steps.push(text);
    if (text === recorded.fails) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
  };
  return {
    ...fs,
    openSync: (path: string, flags: string, mode?: number) => {
      const fd = fs.openSync(path, flags, mode);
      recorded.open.set(fd, named(path));
      return fd;
    },
    writeFileSync: (file: string | number, data: string) => {
      if (typeof file === 'number') step(`write ${recorded.open.get(file)}`);
      fs.writeFileSync(file, data);
    },
    fsyncSync: (fd: number) => {
      step(`sync ${recorded.open.get(fd)}`);
      fs.fsyncSync(fd);
    },
    renameSync: (from: string, to: string) => {
      step(`rename ${named(from)} ${named(to)}`);
      fs.renameSync(from, to);
    },
  };
});

describe('writeWhole', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'proofload-whole-')), 'data');
    mkdirSync(folder);
    file = join(folder, 'settings.json');
    recorded.steps = [];
    recorded.fails = '';
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  it('brings the content to the disk before the name, and the name before it returns', () => {
    writeWhole(file, 'content', 'the file');
    expect(recorded.steps).toEqual([
      'write settings.json.N.new',
      'sync settings.json.N.new',
      'rename settings.json.N.new settings.json',
      'sync data',
    ]);
    expect(readFileSync(file, 'utf8')).toBe('content');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('brings the names of the folders to the disk that it makes', () => {
    writeWhole(join(folder, 'a', 'b', 'settings.json'), 'content', 'the file');
    expect(recorded.steps.slice(0, 2)).toEqual(['sync a', 'sync data']);
    expect(recorded.steps.at(-1)).toBe('sync b');
  });

  it.each(['write settings.json.N.new', 'sync settings.json.N.new', 'rename settings.json.N.new settings.json'])(
    'leaves the file before as it is, and nothing else, when this fails: %s',
    (step) => {
      writeFileSync(file, 'before');
      recorded.fails = step;
      expect(() => writeWhole(file, 'content', 'the file')).toThrow(/the file cannot be saved: the disk is full/);
      expect(readdirSync(folder)).toEqual([basename(file)]);
      expect(readFileSync(file, 'utf8')).toBe('before');
    },
  );

  it('says nothing of a file that is saved until its name is on the disk', () => {
    recorded.fails = 'sync data';
    expect(() => writeWhole(file, 'content', 'the file')).toThrow(/the disk is full/);
  });
});
