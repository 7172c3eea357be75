import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** The sources below a folder, without tests. */
function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

/** The errors that a source throws, as they are written in it. */
function errorsIn(file: string): string[] {
  return readFileSync(join(root, file), 'utf8').match(/^( *).*new ProofloadError\((?:\n[\s\S]*?\n\1\)|.+$)/gm) ?? [];
}

const all = [...sourcesIn('electron'), ...sourcesIn('shared'), ...sourcesIn('renderer')];
const ofTerminal = all.filter((file) => file.startsWith(join('electron', 'cli')));
const ofWindow = all.filter((file) => file.startsWith(join('electron', 'main')) || file.startsWith('renderer'));
const ofBoth = all.filter((file) => !ofTerminal.includes(file) && !ofWindow.includes(file));

/** A flag or a command of ours; npm and the system have their own. */
const flag = /(?<!(?:npm ci|sudo)[^'`]*)((?<=[\s'`])--?[a-zA-Z]|proofload [a-z]+ )/;
const screen = /\b(in|or) (Settings|History)\b/;

function errorsWith(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) => errorsIn(file).filter((error) => pattern.test(error)));
}

describe('the hint of an error', () => {
  it('is looked at in all sources', () => {
    expect(ofBoth.flatMap(errorsIn).length).toBeGreaterThan(50);
    expect(ofTerminal.flatMap(errorsIn).length).toBeGreaterThan(5);
  });

  it('names no flag of the command line where the window may show it: shared/errors/remedy.ts does', () => {
    expect(errorsWith([...ofBoth, ...ofWindow], flag)).toEqual([]);
  });

  it('names no screen of the window where the terminal may show it', () => {
    expect(errorsWith([...ofBoth, ...ofTerminal], screen)).toEqual([]);
  });
});
