// `npm run bench:history`: a history of 10,000 runs: how long it takes to open, search and filter it, and how large it is.
// `npm run bench:history -- 2000` makes fewer.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const folder = await buildWorker(resolve(import.meta.dirname, 'history.ts'), 'history', 'bench-history');
const child = spawn(process.execPath, [join(folder, 'history.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = await new Promise((done) => child.on('close', done));
