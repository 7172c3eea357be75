import { seededStream } from '../../../shared/statistics/random';
import type { AcknowledgedWrite } from '../protocol';
import { untimed } from '../serverTiming';
import type { StorageEngine } from '../storage/storageEngine';
import { StorageError } from '../storage/storageError';
import { documentOf, fields } from './conformanceCheck';

const writers = 8;
/** The tenant of all documents that are looked for after a crash. */
const crashTenant = 'crash';
const mark = (title: string): string => `the content of ${title}`;

/** Returns the content that belongs to a title. A document with other content is torn, or mixed up with another. */
function contentOf(title: string) {
  return { title, body: mark(title).repeat(20), owner: mark(title) };
}

/**
 * Inserts and updates documents from several concurrent writers, until the engine fails or the process ends. Reports
 * each write when it is acknowledged. Resolves with the kinds of the errors that ended the writers.
 */
export async function writeUntilCrash(
  engine: StorageEngine,
  seed: number,
  onAcknowledged: (write: AcknowledgedWrite) => void,
): Promise<string[]> {
  const write = async (writer: number): Promise<string> => {
    const random = seededStream(seed, `writer-${writer}`);
    const known: { id: string; version: number }[] = [];
    for (let turn = 0; ; turn += 1) {
      // An engine that never waits would block everything else in this process.
      await new Promise<void>((next) => setImmediate(next));
      const title = `${seed}-${writer}-${turn}`;
      const content = contentOf(title);
      try {
        const target = known[Math.floor(random() * known.length)];
        if (target && random() < 0.5) {
          const key = { tenant: crashTenant, id: target.id };
          const { version } = await engine.update(key, fields(content), turn, untimed);
          target.version = version;
          onAcknowledged({ ...key, version, title });
        } else {
          await engine.insert(documentOf(crashTenant, title, content), untimed);
          known.push({ id: title, version: 1 });
          onAcknowledged({ tenant: crashTenant, id: title, version: 1, title });
        }
      } catch (error) {
        if (error instanceof StorageError) return error.kind;
        throw error;
      }
    }
  };
  return Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
}

/** Returns the acknowledged writes that are lost, and the documents whose content no write has produced. */
export async function findLost(
  engine: StorageEngine,
  writes: readonly AcknowledgedWrite[],
): Promise<{ lost: AcknowledgedWrite[]; torn: string[] }> {
  const lost: AcknowledgedWrite[] = [];
  const torn: string[] = [];
  for (const write of writes) {
    const found = await engine.get({ tenant: write.tenant, id: write.id }, untimed);
    if (!found || found.version < write.version || (found.version === write.version && found.title !== write.title)) {
      lost.push(write);
      continue;
    }
    const right = contentOf(found.title);
    if (found.body !== right.body || found.owner !== right.owner) torn.push(`${write.id} in version ${found.version}`);
  }
  return { lost, torn };
}
