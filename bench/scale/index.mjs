// `npm run bench:scale`: what an import, a saved run and a history cost at three sizes each, and the line or power along which the cost grows; two minutes.
import { join, resolve } from 'node:path';
import { runForeground } from '../../scripts/setup/foreground.mjs';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const folder = await buildWorker(resolve(import.meta.dirname, 'scale.ts'), 'scale', 'bench-scale');
process.exitCode = await runForeground(process.execPath, [join(folder, 'scale.js')]);
