// `npm run bench:verdict [fault ...]`: whether Proofload names the right cause.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const here = (name) => resolve(import.meta.dirname, name);
const faulty = await buildWorker(here('faultyTarget.ts'), 'target');
const servers = join(await buildWorker(here('../engines/servers.ts'), 'servers'), 'servers.js');
const bench = join(await buildWorker(here('attribution.ts'), 'attribution'), 'attribution.js');
const child = spawn(process.execPath, [bench, faulty, servers, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = await new Promise((done) => child.on('close', done));
