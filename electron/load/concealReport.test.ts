import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { PartProfile } from '../../shared/attribution/partProfile';
import { histogramOfMs, loadTick } from '../../tests/support/factories';
import { reportConcealer } from './concealReport';
import type { LoadReport } from './protocol';

const secret = 'marker-of-the-secret';
const conceal = reportConcealer(new Map([['TOKEN', secret]]));

function tick(): LoadReport {
  const profile = new PartProfile();
  profile.addServerPart(secret, 5);
  profile.add('receive', 5);
  profile.record(10);
  return {
    type: 'tick',
    tick: loadTick({
      serverTiming: { [secret]: histogramOfMs(1).toSparse(), db: histogramOfMs(2).toSparse() },
      parts: { read: profile.toSparse() },
    }),
  };
}

const error = { code: 'load-failed', message: `it said ${secret}`, hint: 'look' };

it.each<[string, LoadReport]>([
  ['names of Server-Timing', tick()],
  [
    'places that answers redirect to',
    { type: 'done', checked: 0, violations: 0, violationExamples: [], warnings: [`to /?t=${secret}`], writes: [] },
  ],
  ['a fault', { type: 'ended', measuredMs: 1, answeredMs: 1, fault: error }],
  ['an error', { type: 'failed', error }],
  [
    'a setup',
    { type: 'lifecycle-ended', variables: {}, requests: 1, durationMs: 1, failure: `at ${secret}`, warnings: [secret] },
  ],
])('has no secret in %s', (_what, report) => {
  const told = inspect(conceal(report), { depth: Number.POSITIVE_INFINITY });
  expect(inspect(report, { depth: Number.POSITIVE_INFINITY })).toContain('marker-of');
  expect(told).toContain('{{secret.TOKEN}}');
  expect(told).not.toContain('marker-of');
});

it('hides tokens that the process got itself, which have no name', () => {
  const report: LoadReport = {
    type: 'done',
    checked: 0,
    violations: 0,
    violationExamples: [],
    warnings: ['to /?t=the-token'],
    notes: ['the-token'],
    writes: [],
  };
  const told = reportConcealer(new Map([['TOKEN', secret]]), {}, ['the-token'])(report);
  expect(told).toMatchObject({ warnings: ['to /?t=***'], notes: ['***'] });
});

it('has nothing of what the setup has taken from answers, but for the variables themselves', () => {
  const hidden = reportConcealer(new Map(), { token: 'marker-of-a-session' });
  const end = { type: 'lifecycle-ended', requests: 1, durationMs: 1 } as const;
  const told = hidden({
    ...end,
    variables: { next: 'marker-of-a-session' },
    failure: 'to marker-of-a-session',
    warnings: [],
  });
  expect(told).toMatchObject({ failure: 'to {{token}}', variables: { next: 'marker-of-a-session' } });
});

it('leaves the figures, and the parts that are named here', () => {
  const report = tick();
  const told = reportConcealer(new Map([['PART', 'receive']]))(report);
  expect(told).toEqual(report);
});

it('does nothing where there are no secrets', () => {
  const report = tick();
  expect(reportConcealer(new Map())(report)).toBe(report);
});
