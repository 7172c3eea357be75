import { readdirSync } from 'node:fs';
import { untimed } from '../../serverTiming';
import { type ConformanceCheck, documentOf, must } from '../conformanceCheck';

const rounds = 8;

/** Open files and sockets of this process where the system lists them (Linux), else what Node keeps open. */
function openHandles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return process.getActiveResourcesInfo().filter((name) => !/Timeout|Immediate/.test(name)).length;
  }
}

/** Lets handles that were closed be gone: their ends are events of later turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((next) => setImmediate(next));
}

const closes: ConformanceCheck = {
  id: 'close-frees',
  group: 'durability',
  title: 'Opening and closing it repeatedly leaves no handles open and loses no documents',
  run: async ({ config, engine, reopen, tenant, note }) => {
    const document = documentOf(tenant('a'), 'd1');
    await engine.insert(document, untimed);
    const once = async (): Promise<void> => {
      const again = await reopen();
      const found = await again.get({ tenant: document.tenant, id: document.id }, untimed);
      await again.close();
      // Memory of a process is nobody else's; what it holds is its own.
      must(found !== undefined || config.engine === 'memory', () => 'a second look at the same place finds nothing');
    };
    await once();
    await settle();
    const before = openHandles();
    for (let round = 0; round < rounds; round += 1) await once();
    await settle();
    const left = openHandles() - before;
    must(left < rounds, () => `${left} files or sockets are still open after ${rounds} times`);
    note(`${rounds} times opened and closed; ${Math.max(0, left)} more handles than before.`);
  },
};

export const resourceChecks = [closes];
