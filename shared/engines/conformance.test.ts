import { expect, it } from 'vitest';
import { conformanceState } from './conformance';

it.each([
  [undefined, 'not-tested'],
  [{ conforms: true, isTestDouble: false }, 'conforms'],
  [{ conforms: false, isTestDouble: false }, 'fails'],
  [{ conforms: false, isTestDouble: true }, 'fails'],
  [{ conforms: true, isTestDouble: true }, 'stand-in'],
] as const)('a report of %o says %s', (report, state) => {
  expect(conformanceState(report)).toBe(state);
});
