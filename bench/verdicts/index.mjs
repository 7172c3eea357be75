// `npm run bench:verdicts`: whether verdicts are right, where the truth is known. `-- --help` says what can be chosen.
// `npm run bench:verdicts -- rejudge [data folder | run document ...]`: the old and the new verdicts of saved runs.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWorker } from '../../tests/support/buildWorker.ts';

async function built(name, folder = `verdicts-${name}`) {
  return join(await buildWorker(resolve(import.meta.dirname, `${name}.ts`), name, folder), `${name}.js`);
}

const args = process.argv.slice(2);
if (args[0] === 'rejudge') {
  const { rejudge } = await import(pathToFileURL(await built('rejudge')).href);
  process.exitCode = rejudge(args.slice(1));
} else {
  const { verdicts } = await import(pathToFileURL(await built('verdicts')).href);
  process.exitCode = await verdicts({ serverFile: await built('knownServer'), args });
}
