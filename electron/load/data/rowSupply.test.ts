import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededStream } from '../../../shared/statistics/random';
import { rowDealer } from './rowDealer';
import { RowSupply, type SupplyOptions } from './rowSupply';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-supply-'));
  path = join(folder, 'rows.csv');
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeRows(count: number): void {
  writeFileSync(path, ['n', ...Array.from({ length: count }, (_, index) => String(index))].join('\n'));
}

const constant = { executor: 'constant-vus', vus: 3, duration: '1s', driver: 'proofload', gracefulStop: '0s' } as const;

/** A supply whose file is read; `come` resolves when a row has arrived, or no more will. */
async function supply(options: Partial<SupplyOptions> = {}) {
  const shard = options.shard ?? { index: 0, count: 1 };
  const made = new RowSupply({
    file: { path, file: 'rows.csv', format: 'csv', columns: ['n'] },
    mode: 'in-turn',
    whenExhausted: 'stop',
    shard,
    isOwn: rowDealer(constant, shard),
    random: seededStream(42, 'rows'),
    ...options,
  });
  let changed = (): void => {};
  await made.load(() => changed());
  const come = (): Promise<void> =>
    new Promise((resolve) => {
      changed = resolve;
    });
  /** The next row, after waiting for it if necessary; undefined when there is none. */
  const next = async (): Promise<number | undefined> => {
    for (;;) {
      const coming = come();
      const state = made.state();
      if (state === 'ready') return Number(made.take()[0]);
      if (state === 'ended') return undefined;
      await coming;
    }
  };
  const all = async (most: number): Promise<number[]> => {
    const rows: number[] = [];
    while (rows.length < most) {
      const row = await next();
      if (row === undefined) break;
      rows.push(row);
    }
    return rows;
  };
  return { made, all };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const little = { rows: 10, characters: 1_000_000 };

describe('rows in turn', () => {
  it('begin again at the first, and load processes share them out', async () => {
    writeRows(3);
    expect(await (await supply()).all(7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    const shares = await Promise.all(
      [0, 1].map(async (index) => (await supply({ shard: { index, count: 2 } })).all(3)),
    );
    expect(shares).toEqual([
      [0, 2, 1],
      [1, 0, 2],
    ]);
  });

  it('of a file that is larger than what is kept in memory are the same', async () => {
    writeRows(5_000);
    const { made, all } = await supply({ most: little });
    expect(await all(12_000)).toEqual([...upTo(5_000), ...upTo(5_000), ...upTo(2_000)]);
    expect(made.close()).toMatchObject({ rows: 5_000, used: 12_000, wraps: 2, isExhausted: false, hasChanged: false });
    const shares = await Promise.all(
      [0, 1, 2].map(async (index) => (await supply({ most: little, shard: { index, count: 3 } })).all(4)),
    );
    expect(shares).toEqual([
      [0, 3, 6, 9],
      [1, 4, 7, 10],
      [2, 5, 8, 11],
    ]);
  });

  it('are never more in memory than may be', async () => {
    writeRows(50_000);
    const { made, all } = await supply({ most: little });
    await all(20);
    // Ten rows were ready, and as many more were read as were used.
    expect(made.close().rows).toBeNull();
  });
});

describe('rows at random', () => {
  it('are the same for the same seed', async () => {
    writeRows(100);
    const draws = await Promise.all([1, 2].map(async () => (await supply({ mode: 'random' })).all(50)));
    expect(draws[0]).toEqual(draws[1]);
    expect(new Set(draws[0]).size).toBeGreaterThan(25);
  });

  it('of a file that is too large are refused', async () => {
    writeRows(100);
    await expect(supply({ mode: 'random', most: little })).rejects.toMatchObject({ code: 'data-invalid' });
  });
});

describe('rows that are used once', () => {
  it.each([
    ['in memory', undefined],
    ['read on the way', little],
  ])('have one owner among all load processes: %s', async (_what, most) => {
    writeRows(1_000);
    const ramping = {
      executor: 'ramping-vus' as const,
      startVUs: 0,
      stages: [{ duration: '1s', target: 5 }],
      gracefulStop: '0s',
    };
    const taken = await Promise.all(
      [0, 1, 2].map(async (index) => {
        const shard = { index, count: 3 };
        const { made, all } = await supply({
          mode: 'once',
          shard,
          isOwn: rowDealer(ramping, shard),
          ...(most ? { most } : {}),
        });
        const rows = await all(2_000);
        expect(made.close()).toMatchObject({ rows: 1_000, used: rows.length, isExhausted: true, wraps: 0 });
        return rows;
      }),
    );
    // Five users on three processes: two, two and one.
    expect(taken.map(({ length }) => length)).toEqual([400, 400, 200]);
    expect(taken.flat().sort((a, b) => a - b)).toEqual(upTo(1_000));
  });

  it('are as many for each process as it has iterations', () => {
    const load = {
      executor: 'shared-iterations',
      vus: 3,
      iterations: 10,
      maxDuration: '1m',
      gracefulStop: '0s',
    } as const;
    const owned = [0, 1].map((index) => {
      const isOwn = rowDealer(load, { index, count: 2 });
      return upTo(10).filter(() => isOwn()).length;
    });
    // The users 0 and 2 of the first process have four and three iterations, user 1 of the second has three.
    expect(owned).toEqual([7, 3]);
  });

  it.each([
    ['in memory', undefined],
    ['read on the way', little],
  ])('begin again where they may: %s', async (_what, most) => {
    writeRows(30);
    const { made, all } = await supply({ mode: 'once', whenExhausted: 'wrap', ...(most ? { most } : {}) });
    expect(await all(70)).toEqual([...upTo(30), ...upTo(30), ...upTo(10)]);
    expect(made.close()).toMatchObject({ wraps: 2, isExhausted: false });
  });
});

describe('a data file', () => {
  it('that has no rows is refused', async () => {
    writeRows(0);
    await expect(supply()).rejects.toMatchObject({ code: 'data-invalid', message: expect.stringContaining('no rows') });
  });

  it('that changes while it is used is noticed, whether it is in memory or not', async () => {
    for (const most of [undefined, little]) {
      writeRows(20);
      const { made, all } = await supply(most ? { most } : {});
      await all(5);
      appendFileSync(path, '\n999');
      expect(made.close().hasChanged).toBe(true);
    }
  });

  it('whose row is broken far behind ends the rows with its line', async () => {
    writeRows(1_000);
    appendFileSync(path, '\nhunter2,b');
    const { made, all } = await supply({ most: little });
    const rows = await all(5_000);
    expect(rows.length).toBeLessThanOrEqual(1_000);
    expect(made.fault).toMatchObject({ code: 'data-invalid', message: expect.stringContaining('line 1002') });
    expect(made.close().isExhausted).toBe(false);
  });
});
