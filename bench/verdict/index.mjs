// `npm run bench:verdict`: whether Proofload names the right cause, and finds the differences that are there.
// `npm run bench:verdict -- attribution [fault ...]`, `-- experiments [truth] [count]` and `-- instrumentation [pairs]` run a part.
import { join, resolve } from 'node:path';
import { runForeground } from '../../scripts/setup/foreground.mjs';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const here = (name) => resolve(import.meta.dirname, name);

async function built(file, name) {
  return join(await buildWorker(here(file), name), `${name}.js`);
}

function run(file, args) {
  return runForeground(process.execPath, [file, ...args]);
}

const [part, ...rest] = process.argv.slice(2);
let code = 0;
if (part === undefined || part === 'attribution') {
  const faulty = await buildWorker(here('faultyTarget.ts'), 'service');
  const servers = await built('../engines/servers.ts', 'servers');
  code = await run(await built('attribution.ts', 'attribution'), [faulty, servers, ...rest]);
}
if (part === undefined || part === 'experiments') {
  const server = await built('handlerServer.ts', 'handler-server');
  code = (await run(await built('experiments.ts', 'experiments'), [server, ...rest])) || code;
}
if (part === undefined || part === 'instrumentation') {
  const measuring = await built('memoryService.ts', 'memory-service');
  const bareFolder = await buildWorker(here('memoryService.ts'), 'bare-service', 'bare-service', {
    './serverTiming': here('bare/serverTiming.ts'),
    './loopWatch': here('bare/loopWatch.ts'),
  });
  const services = [join(bareFolder, 'bare-service.js'), measuring];
  code = (await run(await built('instrumentation.ts', 'instrumentation'), [...services, ...rest])) || code;
}
process.exitCode = code;
