import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '../..');

/** Checks k6 scripts against @types/k6, in a folder of `test-results`. Returns what the compiler says; '' without errors. */
export function checkK6Types(name: string, scripts: readonly string[]): string {
  const folder = join(project, 'test-results', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [index, script] of scripts.entries()) writeFileSync(join(folder, `script-${index}.js`), script);
  const options = { allowJs: true, checkJs: true, noEmit: true, strict: true, target: 'es2022', module: 'esnext' };
  const compilerOptions = { ...options, moduleResolution: 'bundler', types: ['k6'], skipLibCheck: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.js'] }));
  const tsc = spawnSync(process.execPath, [join(project, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  });
  if (tsc.error) throw tsc.error;
  return tsc.status === 0 ? tsc.stdout : `${tsc.stdout}${tsc.stderr}ended with ${tsc.status}`;
}
