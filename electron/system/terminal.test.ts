import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { print, printJson, printToStderr } from './terminal';

const electron = resolve(import.meta.dirname, '..');

describe('what is printed', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has nothing that terminals obey', () => {
    const written: string[] = [];
    const take = (chunk: unknown): boolean => written.push(String(chunk)) > 0;
    vi.spyOn(process.stdout, 'write').mockImplementation(take);
    vi.spyOn(process.stderr, 'write').mockImplementation(take);
    print('a\u001b[2J\u009b31mb\n');
    printToStderr('c\u202Ed\u007f\n');
    printJson({ name: '\u001b]0;x\u0007\u202E' });
    expect(written).toEqual(['a[2J31mb\n', 'cd\n', '{\n  "name": "\\u001b]0;x\\u0007\\u202e"\n}\n']);
  });

  it('is printed here and nowhere else', () => {
    // The latter two rewrite a line and ask for a secret. A terminal must execute only their sequences.
    const allowed = new Set(['system/terminal.ts', 'cli/terminalView.ts', 'cli/askWithoutEcho.ts']);
    const others = readdirSync(electron, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !allowed.has(name));
    expect(others.length).toBeGreaterThan(200);
    const printing = others.filter((name) =>
      /\bstd(?:out|err)\.write\(|\bconsole\.|\bprocess\.(?:stdout|stderr)\b(?![)\],]|\.isTTY)/.test(
        readFileSync(join(electron, name), 'utf8'),
      ),
    );
    expect(printing).toEqual([]);
  });
});
