import { readdirSync } from 'node:fs';
import { untimed } from '../../serverTiming';
import { type ConformanceCheck, documentOf, must } from '../conformanceCheck';

const rounds = 8;

/**
 * Returns the number of open files and sockets of this process where the system lists them (Linux), or else of the
 * resources that Node keeps open.
 */
function openHandles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return process.getActiveResourcesInfo().filter((name) => !/Timeout|Immediate/.test(name)).length;
  }
}

/** Waits until closed handles are gone: they close in later turns of the event loop. */
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
      // Two instances of the memory engine share no documents.
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
