import type { AcknowledgedWrite } from './protocol';
import { untimed } from './serverTiming';
import type { StorageEngine } from './storage/storageEngine';

const maxExamples = 5;

/** Counts the acknowledged writes that the store has lost, and describes a few of them. */
export async function auditWrites(
  engine: StorageEngine,
  writes: readonly AcknowledgedWrite[],
): Promise<{ lost: number; examples: string[] }> {
  const examples: string[] = [];
  let lost = 0;
  for (const write of writes) {
    const stored = await engine.get(write, untimed);
    const name = `${write.tenant}/${write.id}`;
    let finding: string | undefined;
    if (!stored) finding = `${name} is gone`;
    else if (stored.version < write.version)
      finding = `${name} has version ${stored.version}, acknowledged was ${write.version}`;
    else if (stored.version === write.version && stored.title !== write.title)
      finding = `${name} version ${write.version} holds another write's content`;
    if (!finding) continue;
    lost += 1;
    if (examples.length < maxExamples) examples.push(finding);
  }
  return { lost, examples };
}
