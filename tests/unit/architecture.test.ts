import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const electron = join(root, 'electron');
const document = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** All others stand on these; the picture leaves them out. */
const ground = ['hdr', 'hosts', 'secrets', 'sqlite', 'system', 'workers'];

/** The arrows of the picture, as `from -> to`. */
function drawnArrows(): string[] {
  const picture = /```mermaid\n(.*?)```/s.exec(document)?.[1] ?? '';
  return picture.split('\n').flatMap((line) => {
    const [from, to] = line.trim().split(' --> ');
    return from && to ? to.split(' & ').map((target) => `${from} -> ${target}`) : [];
  });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The folders of `electron/` that files of another import from, types included, as `from -> to`. */
function realArrows(): string[] {
  const arrows = sources(electron).flatMap((file) => {
    const [from] = relative(electron, file).split('/');
    const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']*)'/g);
    return [...imports].flatMap(([, specifier = '']) => {
      const target = relative(electron, resolve(dirname(file), specifier));
      const [to = ''] = target.split('/');
      return target.startsWith('..') || to === from || ground.includes(to) ? [] : `${from} -> ${to}`;
    });
  });
  return [...new Set(arrows)].filter((arrow) => !ground.some((room) => arrow.startsWith(`${room} `)));
}

it('draws the rooms as the imports are', () => {
  expect(drawnArrows().sort()).toEqual(realArrows().sort());
});

it.each([
  ['One "Run"', 12],
  ['One tick', 14],
])('walks %s through files that are there, in few hops', (title, most) => {
  const [, walk = ''] = document.split(`## ${title}`);
  const files = [...(walk.split('\n## ')[0] ?? '').matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(5);
  expect(files.length).toBeLessThanOrEqual(most);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(new Set(files).size).toBe(files.length);
});
