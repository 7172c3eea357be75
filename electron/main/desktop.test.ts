import { describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../shared/run/events';
import { emptyRunView, reduceRun } from '../../shared/run/reducer';
import { description, level, runDocument, runTick } from '../../tests/support/factories';

const blockers = new Map<number, string>();
vi.mock('electron', () => ({
  Notification: class {},
  powerSaveBlocker: {
    start: (kind: string) => {
      blockers.set(blockers.size, kind);
      return blockers.size - 1;
    },
    stop: (id: number) => blockers.delete(id),
  },
}));
const { sleepBlocker, tellDesktop } = await import('./desktop');

const tick = runTick({ warmup: true });

function told(events: readonly RunEvent[], isWatched: boolean) {
  const shares: (number | undefined)[] = [];
  const breaches: (boolean | undefined)[] = [];
  const notes: string[] = [];
  let view = emptyRunView;
  for (const event of events) {
    view = reduceRun(view, event);
    tellDesktop(
      {
        isWatched: () => isWatched,
        setProgress: (share, isBreach) => {
          shares.push(share);
          breaches.push(isBreach);
        },
        notify: (title, body, runId = 'no run') => notes.push(`${title} | ${body} | ${runId}`),
      },
      event,
      view,
    );
  }
  return { shares, breaches, notes };
}

function finished(seconds: number): RunEvent {
  const startedAt = '2026-01-01T00:00:00.000Z';
  const endedAt = new Date(Date.parse(startedAt) + seconds * 1_000).toISOString();
  return {
    type: 'finished',
    saved: true,
    document: runDocument({ id: 'a-run', startedAt, endedAt, verdict: 'passed' }),
  };
}

describe('the desktop', () => {
  it('shows how far a run is, and nothing at its end', () => {
    const started: RunEvent = { type: 'started', run: description() };
    const { shares } = told([started, { type: 'tick', tick }, finished(60)], true);
    expect(shares).toHaveLength(2);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[0]).toBeLessThan(1);
    expect(shares[1]).toBeUndefined();
  });

  it('shows that a limit is broken with the tick that breaks it', () => {
    const run = description({ scenario: { ...level('level-0'), thresholds: { http_req_duration: ['p(95)<50'] } } });
    const fast = runTick({ cumulative: { count: 1_000, p95: 20 } });
    const slow = runTick({ cumulative: { count: 1_000, p95: 80 } });
    const { breaches } = told(
      [
        { type: 'started', run },
        { type: 'tick', tick: fast },
        { type: 'tick', tick: slow },
      ],
      true,
    );
    expect(breaches).toEqual([false, true]);
  });

  it('hears of the end of a long run that nobody watched, and of no other', () => {
    expect(told([finished(60)], false).notes).toEqual([expect.stringMatching(/^Passed \| .* \| a-run$/)]);
    expect(told([finished(60)], true).notes).toEqual([]);
    expect(told([finished(3)], false).notes).toEqual([]);
    const failed: RunEvent = { type: 'failed', error: { code: 'port-in-use', message: 'port 1 is in use', hint: '' } };
    expect(told([failed], false).notes).toEqual(['The run failed | Port 1 is in use | no run']);
  });
});

describe('the machine', () => {
  it('does not go to sleep by itself while the app is busy', () => {
    const noteBusy = sleepBlocker();
    for (let times = 0; times < 2; times += 1) {
      noteBusy(true);
      noteBusy(true);
      expect([...blockers.values()]).toEqual(['prevent-app-suspension']);
      noteBusy(false);
      noteBusy(false);
      expect(blockers.size).toBe(0);
    }
  });
});
