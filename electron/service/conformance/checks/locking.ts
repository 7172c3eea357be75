import { untimed } from '../../serverTiming';
import type { StorageEngine } from '../../storage/storageEngine';
import { type ConformanceCheck, documentOf, fields, must, mustEnd, mustHold, outcomeOf } from '../conformanceCheck';

const expectedVersion: ConformanceCheck = {
  id: 'expected-version',
  group: 'locking',
  title: 'A write for another version is refused as a conflict and changes nothing',
  run: async ({ engine, tenant, note }) => {
    const key = { tenant: tenant('a'), id: 'd1' };
    const document = documentOf(key.tenant, key.id);
    await engine.insert(document, untimed);
    for (const version of [0, 2, 7]) {
      const stale = { ...key, expectedVersion: version };
      await mustEnd(
        engine.update(stale, fields({ title: 'x' }), 1, untimed),
        'conflict',
        `an update of version ${version}`,
      );
      await mustEnd(engine.delete(stale, untimed), 'conflict', `a delete of version ${version}`);
    }
    await mustHold(engine, document);
    const missing = { tenant: key.tenant, id: 'none', expectedVersion: 1 };
    await mustEnd(engine.update(missing, fields(), 1, untimed), 'not-found', 'an update of a missing document');
    await engine.update({ ...key, expectedVersion: 1 }, fields({ title: 'right' }), 2, untimed);
    await mustHold(engine, { ...documentOf(key.tenant, key.id, { title: 'right' }), version: 2, updatedAt: 2 });
    note('Updates and deletes for the versions 0, 2 and 7 of a document in version 1 were refused.');
  },
};

const singleWinner: ConformanceCheck = {
  id: 'single-winner',
  group: 'locking',
  title: 'Of many writers of one version exactly one wins, and its write is what is stored',
  run: async ({ engine, tenant, note }) => {
    const key = { tenant: tenant('a'), id: 'd1' };
    await engine.insert(documentOf(key.tenant, key.id), untimed);
    const rounds = 10;
    const writers = 20;
    for (let round = 1; round <= rounds; round += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: writers }, (_, writer) =>
          outcomeOf(
            engine.update({ ...key, expectedVersion: round }, fields({ title: `${round}/${writer}` }), round, untimed),
          ),
        ),
      );
      const winners = outcomes.filter((outcome) => outcome === 'accepted').length;
      must(winners === 1, () => `${winners} of ${writers} writers of version ${round} were accepted`);
      must(
        outcomes.every((outcome) => outcome === 'accepted' || outcome === 'conflict'),
        () => `losers ended as ${[...new Set(outcomes)].join(', ')}`,
      );
      const title = `${round}/${outcomes.indexOf('accepted')}`;
      await mustHold(engine, { ...documentOf(key.tenant, key.id, { title }), version: round + 1, updatedAt: round });
    }
    note(`${rounds} rounds of ${writers} writers.`);
  },
};

/**
 * Increments the counter, and retries as long as another write came in between. Resolves with the number of retries.
 */
async function increment(engine: StorageEngine, key: { tenant: string; id: string }, limit: number): Promise<number> {
  for (let retry = 0; retry < limit; retry += 1) {
    const current = await engine.get(key, untimed);
    must(current !== undefined, () => 'the counter is gone');
    const next = fields({ body: String(Number(current.body) + 1) });
    const outcome = await outcomeOf(engine.update({ ...key, expectedVersion: current.version }, next, 1, untimed));
    if (outcome === 'accepted') return retry;
    must(outcome === 'conflict', () => `an increment ended as ${outcome}`);
  }
  throw new Error('an increment never came through');
}

const counter: ConformanceCheck = {
  id: 'counter',
  group: 'locking',
  title: 'No increment is lost: read, change and write with the version that was read',
  run: async ({ engine, tenant, note }) => {
    const key = { tenant: tenant('a'), id: 'counter' };
    await engine.insert(documentOf(key.tenant, key.id, { body: '0' }), untimed);
    const workers = 8;
    const each = 20;
    const retries = await Promise.all(
      Array.from({ length: workers }, async () => {
        let sum = 0;
        for (let turn = 0; turn < each; turn += 1) sum += await increment(engine, key, 1_000);
        return sum;
      }),
    );
    const final = await engine.get(key, untimed);
    must(final?.body === String(workers * each), () => `the counter is ${final?.body}, must be ${workers * each}`);
    note(`${workers} workers with ${each} increments each; ${retries.reduce((a, b) => a + b, 0)} had to be retried.`);
  },
};

export const lockingChecks = [expectedVersion, singleWinner, counter];
