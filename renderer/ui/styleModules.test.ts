import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(resolve(renderer, file), 'utf8');
const files = globSync('**/*.tsx', { cwd: renderer }).sort();
const sheets = globSync('**/*.module.css', { cwd: renderer }).sort();

/** The classes that a style sheet declares, without those of other sheets that it names as `:global`. */
function classesOf(sheet: string): Set<string> {
  const css = read(sheet)
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/:global\([^)]*\)/g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  return new Set([...css.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = '']) => name));
}

interface Use {
  file: string;
  sheet: string;
  /** The classes that the code names. Classes that are looked up by a value are not included. */
  names: string[];
  isByValue: boolean;
}

function usesIn(file: string): Use[] {
  const source = read(file);
  const code = source.replace(/^import .*;$/gm, '');
  return [...source.matchAll(/^import (\w+) from '([^']+\.module\.css)';$/gm)].map(([, alias = '', path = '']) => ({
    file,
    sheet: relative(renderer, resolve(renderer, dirname(file), path)),
    names: [...code.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'))].map(([, name = '']) => name),
    isByValue: code.includes(`${alias}[`),
  }));
}

const uses = files.flatMap(usesIn);

describe('the style sheets beside components', () => {
  it('have every class that a component names: another would be no class at all', () => {
    const missing = uses.flatMap(({ file, sheet, names }) =>
      names.filter((name) => !classesOf(sheet).has(name)).map((name) => `${file}: ${name} is not in ${sheet}`),
    );
    expect(missing).toEqual([]);
  });

  it('have no class that no component names', () => {
    const unused = sheets.flatMap((sheet) => {
      const own = uses.filter((use) => use.sheet === sheet);
      if (own.some(({ isByValue }) => isByValue)) return [];
      const named = new Set(own.flatMap(({ names }) => names));
      return [...classesOf(sheet)].filter((name) => !named.has(name)).map((name) => `${sheet}: ${name}`);
    });
    expect(unused).toEqual([]);
  });

  it('are the only way to a class: none is named by a text, but for the frame of the page', () => {
    const frame = new Set(['app', 'app-main']);
    const byText = files.flatMap((file) =>
      [...read(file).matchAll(/className="([^"]*)"/g)].flatMap(([, name = '']) =>
        frame.has(name) ? [] : `${file}: ${name}`,
      ),
    );
    expect(byText).toEqual([]);
  });
});
