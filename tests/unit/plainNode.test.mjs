import { globSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/paths.mjs';

/** What a file takes from files of ours when it is run; imports of types are gone by then. */
function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\bfrom\s+)?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/g,
  );
  return [...found].map(([, fixed, lazy]) => fixed ?? lazy);
}

/** The imports without an extension in a file and in all that it takes, as `file: import`. */
function unresolvable(file, seen) {
  if (seen.has(file)) return [];
  seen.add(file);
  return importsOf(file).flatMap((name) =>
    extname(name) === '' ? [`${relative(root, file)}: ${name}`] : unresolvable(resolve(dirname(file), name), seen),
  );
}

const programs = globSync(['bench/**/*.mjs', 'scripts/**/*.mjs'], { cwd: root }).map((file) => join(root, file));

describe('benchmarks and scripts, which Node runs without a bundler', () => {
  it('take files by their whole names, TypeScript included', () => {
    const seen = new Set();
    expect(programs.flatMap((file) => unresolvable(file, seen))).toEqual([]);
    expect([...seen].filter((file) => file.endsWith('.ts')).length).toBeGreaterThan(3);
  });
});
