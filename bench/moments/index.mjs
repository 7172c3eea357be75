// `npm run bench:moments`: whether the moments of a run are found, and their causes named. `-- --help` says what can be chosen.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const here = (name) => resolve(import.meta.dirname, name);

const serviceFolder = await buildWorker(here('strikeService.ts'), 'service', 'moments-service');
const servers = await buildWorker(here('../engines/servers.ts'), 'servers', 'moments-servers');
const folder = await buildWorker(here('moments.ts'), 'moments', 'bench-moments');
const { moments } = await import(pathToFileURL(join(folder, 'moments.js')).href);
process.exitCode = await moments({
  serviceFolder,
  serversFile: join(servers, 'servers.js'),
  args: process.argv.slice(2),
});
