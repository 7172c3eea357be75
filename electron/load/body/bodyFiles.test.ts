import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyFiles, locateBodyFile } from './bodyFiles';

const mebibyte = 1024 * 1024;
let outside: string;
let folder: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'proofload-bodies-'));
  folder = join(outside, 'scenario');
  mkdirSync(join(folder, 'pictures'), { recursive: true });
  writeFileSync(join(folder, 'pictures', 'a.png'), 'picture');
  writeFileSync(join(outside, 'secret'), 'secret');
});
afterEach(() => rmSync(outside, { recursive: true }));

const refused = (message: string) =>
  expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) });

describe('a file that a request sends', () => {
  it('is read once, beside the file of the scenario or below', () => {
    const fileOf = bodyFiles(folder);
    const first = fileOf('pictures/a.png');
    expect(String(first)).toBe('picture');
    writeFileSync(join(folder, 'pictures', 'a.png'), 'changed in mid-run');
    expect(fileOf('pictures/a.png')).toBe(first);
  });

  it('is not taken from elsewhere, by no path and by no link', () => {
    symlinkSync(join(outside, 'secret'), join(folder, 'link'));
    symlinkSync(outside, join(folder, 'up'));
    for (const path of ['../secret', 'pictures/../../secret', 'link', 'up/secret'])
      expect(() => bodyFiles(folder)(path)).toThrow(refused('leads out of the folder of the scenario'));
  });

  it('is taken through a link that stays', () => {
    symlinkSync(join(folder, 'pictures'), join(folder, 'same'));
    expect(String(bodyFiles(folder)('same/a.png'))).toBe('picture');
  });

  it('is there, and is a file', () => {
    expect(() => locateBodyFile(folder, 'none.png')).toThrow(refused('none.png'));
    expect(() => locateBodyFile(folder, 'pictures')).toThrow(refused('is not a file'));
    expect(() => locateBodyFile(undefined, 'pictures/a.png')).toThrow(refused('has no folder'));
  });

  it('is bounded in size, alone and with others', () => {
    for (const [name, bytes] of [
      ['large', 64 * mebibyte + 1],
      ['a', 64 * mebibyte],
      ['b', mebibyte / 2],
      ['c', mebibyte],
    ] as const) {
      writeFileSync(join(folder, name), '');
      truncateSync(join(folder, name), bytes);
    }
    expect(() => locateBodyFile(folder, 'large')).toThrow(refused('has 65 MiB, and 64 MiB are the limit'));
    expect(locateBodyFile(folder, 'a').bytes).toBe(64 * mebibyte);
    const fileOf = bodyFiles(folder, mebibyte);
    expect(fileOf('b')).toHaveLength(mebibyte / 2);
    expect(() => fileOf('c')).toThrow(refused('more than 1 MiB together'));
  });
});
