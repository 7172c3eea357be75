import { describe, expect, it } from 'vitest';
import { storedDocument } from '../../tests/support/factories';
import { auditWrites } from './audit';
import { MemoryEngine } from './storage/memoryEngine';

describe('auditWrites', () => {
  it.each([
    ['the same version with the same content', { version: 3, title: 'write 7' }, 0],
    ['a later version', { version: 2, title: 'write 1' }, 0],
    ['a version that the store never reached', { version: 4, title: 'write 7' }, 1],
    ["another write's content", { version: 3, title: 'write 8' }, 1],
    ['a document that is gone', { id: 'gone' }, 1],
  ])('counts as lost: %s', async (_name, write, lost) => {
    const engine = new MemoryEngine();
    await engine.seed([storedDocument({ version: 3, title: 'write 7' })]);
    const found = await auditWrites(engine, [{ tenant: 't00', id: 'd1', version: 3, title: 'write 7', ...write }]);
    expect(found.lost).toBe(lost);
    expect(found.examples).toHaveLength(lost);
  });
});
