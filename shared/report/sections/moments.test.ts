import { describe, expect, it } from 'vitest';
import { madeRun, madeSecond, momentSource, quiet, withPause } from '../../../tests/support/madeSeconds';
import type { Moment } from '../../moments/moments';
import { describeMoment, momentTime } from '../wording/describeMoment';
import { momentSection } from './moments';

const moment: Moment = {
  kind: 'spike',
  t: 98,
  durationS: 1,
  p99Ms: 179,
  usualMs: 2,
  slowed: 24,
  lost: {},
  causes: [{ kind: 'service-gc', explainedMs: 170, sentence: 'garbage collection of 120 ms in the service' }],
};
const fsync = { kind: 'fsync', explainedMs: 60, sentence: 'commit (fsync) of 60.0 ms' } as const;

describe('a moment in words', () => {
  it.each<[string, Partial<Moment>, string]>([
    ['its cause and what it did', {}, 'garbage collection of 120 ms in the service: 24 requests waited, P99 179 ms'],
    [
      'the second cause',
      { causes: [...moment.causes, fsync] },
      'garbage collection of 120 ms in the service, and commit (fsync) of 60.0 ms: 24 requests waited, P99 179 ms',
    ],
    ['that no cause is known', { causes: [], slowed: 1 }, 'no cause was sampled: 1 request waited, P99 179 ms'],
    [
      'failures',
      { causes: [], p99Ms: null, usualMs: null, slowed: 0, lost: { timeout: 1_200, dropped: 34 } },
      'no cause was sampled: 1,234 requests failed (timeout, dropped)',
    ],
    [
      'both',
      { lost: { 'status-503': 4 } },
      'garbage collection of 120 ms in the service: 24 requests waited, P99 179 ms, 4 requests failed (status-503)',
    ],
    [
      'that nothing was answered',
      { kind: 'gap', causes: [], durationS: 3, p99Ms: null, usualMs: null, slowed: 0 },
      'no cause was sampled: no response for 3 s',
    ],
    [
      'a rise',
      { kind: 'level', usualMs: 2, p99Ms: 20, causes: [fsync] },
      'P99 rose from 2.00 ms to 20.0 ms: commit (fsync) of 60.0 ms',
    ],
    [
      'a fall',
      { kind: 'level', usualMs: 20, p99Ms: 2, causes: [] },
      'P99 fell from 20.0 ms to 2.00 ms: no cause was sampled',
    ],
  ])('says %s', (_what, changes, text) => {
    expect(describeMoment({ ...moment, ...changes })).toBe(text);
  });

  it('says when it was', () => {
    expect(momentTime(moment)).toBe('1:38');
    expect(momentTime({ t: 41, durationS: 4 })).toBe('0:41 for 4 s');
  });
});

describe('the section', () => {
  const paused = (t: number, pauseMs: number) => (latenciesMs: number[]) =>
    madeSecond(t, withPause(latenciesMs, pauseMs));

  it('lists the moments in their order, and is not there without any', () => {
    const intervals = madeRun(60, quiet, { 20: paused(20, 100), 41: paused(41, 300) });
    const [section] = momentSection(momentSource(intervals));
    expect(section).toMatchObject({
      key: 'moments',
      title: 'Moments',
      blocks: [{ kind: 'facts', facts: [{ label: '0:20' }, { label: '0:41' }] }],
    });
    expect(momentSection(momentSource(madeRun(60, quiet)))).toEqual([]);
  });

  it('shows the heaviest where there are many, and counts all by their cause', () => {
    const seconds = Array.from({ length: 30 }, (_, place) => 6 * place + 3);
    const spikes = Object.fromEntries(seconds.map((t) => [t, paused(t, t < 60 ? 60 : 200)]));
    const [section] = momentSection(momentSource(madeRun(180, quiet, spikes)));
    const [summary, facts] = section?.blocks ?? [];
    expect(summary).toEqual({
      kind: 'sentences',
      sentences: ['The 20 most severe of 30 moments. By cause: no cause sampled 30.'],
    });
    expect(facts?.kind === 'facts' && facts.facts.map(({ label }) => label)).toEqual(
      seconds.slice(-20).map((t) => momentTime({ t, durationS: 1 })),
    );
  });
});
