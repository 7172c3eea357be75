import { expect, it } from 'vitest';
import type { DataUse } from '../../run/dataUse';
import { describeDataUse } from './dataFiles';

const use: DataUse = {
  name: 'users',
  file: 'users.csv',
  mode: 'once',
  rows: 60,
  used: 60,
  wraps: 0,
  exhausted: null,
  changed: false,
};

it('of the rows of a file only what is unusual is said', () => {
  expect(describeDataUse(use)).toBe('');
  expect(describeDataUse({ ...use, mode: 'in-turn', wraps: 12 })).toBe('');
  expect(describeDataUse({ ...use, exhausted: 'stop' })).toBe('no row was left: the load stopped');
  expect(describeDataUse({ ...use, exhausted: 'fail', changed: true })).toBe(
    'no row was left: the run failed; the file changed during the run',
  );
  expect(describeDataUse({ ...use, exhausted: 'wrap', wraps: 2 })).toBe(
    'no row was left: rows were used again from the first',
  );
});
