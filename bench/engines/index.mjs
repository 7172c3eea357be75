// `npm run bench:engines [part ...]`: the storage engines side by side, beside the limits of what they stand on.

import { resolve } from 'node:path';
import { runForeground } from '../../scripts/setup/foreground.mjs';
import { buildWorker } from '../../tests/support/buildWorker.ts';
import { runParts } from '../runParts.mjs';
import { levels } from './levels.mjs';
import { service } from './service.mjs';

/** Builds a TypeScript file of this folder for plain Node; resolves with its path. */
async function compile(name) {
  return resolve(await buildWorker(resolve(import.meta.dirname, `${name}.ts`), name), `${name}.js`);
}

async function operations() {
  await runForeground(process.execPath, ['--expose-gc', await compile('operations')]);
}

await runParts({ operations, service: async () => service(await compile('servers')), levels });
