// `npm run bench`: measures Proofload itself, on a machine that does nothing else. `npm run bench -- accuracy` runs a part.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureBuild } from './setup/build.mjs';
import { runForeground } from './setup/foreground.mjs';
import { root } from './setup/paths.mjs';
import { SetupError } from './setup/terminal.mjs';

const parts = ['accuracy', 'levels'];
const folders = [
  'load',
  'engines',
  'verdict',
  'verdicts',
  'moments',
  'ladder',
  'faults',
  'history',
  'scale',
  'window',
  'firstUse',
  'profiles',
];

function printMachine() {
  process.stdout.write(`${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}\n\n`);
}

/**
 * `npm run bench:load` takes an hour, and peers from Debian's packages where they are installed; `npm run bench:engines`
 * takes five minutes, and wrk; `npm run bench:verdict` takes an hour and a half, `npm run bench:verdicts` five hours and
 * `npm run bench:ladder` four, both in parts if need be, `npm run bench:history` five minutes, `npm run bench:faults` 15,
 * `npm run bench:window` 40, `npm run bench:moments` 30, `npm run bench:scale`, `npm run bench:first-use` and
 * `npm run bench:profiles` two.
 */
async function benchFolder(folder, names) {
  await ensureBuild();
  printMachine();
  return runForeground(process.execPath, [join(root, 'bench', folder, 'index.mjs'), ...names]);
}

await bootstrap(import.meta.url, async (names) => {
  const [first = ''] = names;
  if (folders.includes(first)) return benchFolder(first, names.slice(1));
  const unknown = names.filter((name) => !parts.includes(name));
  if (unknown.length > 0)
    throw new SetupError(`there is no part ${unknown.join(', ')}`, `the parts are ${parts.join(', ')}`);
  await ensureBuild();
  printMachine();
  for (const name of names.length > 0 ? names : parts) {
    const code = await runForeground(process.execPath, [join(root, 'bench', `${name}.mjs`)]);
    if (code !== 0) return code;
  }
  return 0;
});
