import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsSchema, fromColumns, toColumns } from './columns';

const names = fc.constantFrom('t', 'count', 'errors', 'parts', 'constructor', 'Ä b');
const scalars = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.constantFrom(null, true),
);
const records = fc.array(
  fc.dictionary(
    names,
    fc.oneof(scalars, fc.array(scalars), fc.dictionary(names, fc.oneof(scalars, fc.dictionary(names, scalars)))),
  ),
  { maxLength: 8 },
);

/** As it is kept and read again. */
function read(value: unknown): Record<string, unknown>[] {
  return fromColumns(columnsSchema.parse(JSON.parse(JSON.stringify(value))));
}

describe('records as columns', () => {
  it('come back with all that JSON keeps', () => {
    fc.assert(
      fc.property(records, (list) => {
        expect(read(toColumns(list))).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  it('name what all have once, and where only some have a field', () => {
    const columns = toColumns([
      { t: 1, isDraining: false, errors: {} },
      { t: 2, isDraining: false, errors: { timeout: 3 } },
    ]);
    expect(columns).toEqual({
      count: 2,
      fields: {
        t: { each: [1, 2] },
        isDraining: { all: false },
        errors: { of: { timeout: { at: [1], all: 3 } } },
      },
    });
  });

  it.each([
    ['more values than records', { count: 1, fields: { t: { each: [1, 2] } } }],
    ['fewer', { count: 2, fields: { t: { each: [1] } } }],
    ['a place that is none', { count: 1, fields: { t: { at: [1], all: 1 } } }],
    ['a number of records that no run has', { count: 1e12, fields: {} }],
    ['no columns', { count: 1 }],
  ])('are refused with %s', (_what, value) => {
    expect(() => read(value)).toThrow();
  });
});
