import { describe, expect, it } from 'vitest';
import { kubernetesCommands } from './kubernetesCommands';
import { RunnerWatch } from './runnerWatch';

const commands = kubernetesCommands('a', {});
const run = { kind: 'TestRun', metadata: { name: 'a' }, status: { stage: 'started' } };
const done = { kind: 'Pod', metadata: { name: 'a-1' }, status: { phase: 'Succeeded' } };
const listOf = (...items: object[]): string => JSON.stringify({ items });

/** A watch of one runner, whose clock moves on as soon as it is waited for. */
function watchOf(answers: { look?: () => string; totals?: string; onWait?: (nowMs: number) => void }) {
  let nowMs = 0;
  const samples = { requests: 0 };
  const clock = {
    nowMs: () => nowMs,
    every: (intervalMs: number, look: () => void) => {
      queueMicrotask(() => {
        nowMs += intervalMs;
        answers.onWait?.(nowMs);
        look();
      });
      return () => {};
    },
  };
  const kubectl = {
    run: async (args: readonly string[]) =>
      args.includes('get') ? (answers.look?.() ?? listOf()) : (answers.totals ?? ''),
  };
  return { watch: new RunnerWatch({ kubectl, commands, runners: 1, samples, clock }), samples, nowMs: () => nowMs };
}

describe('the watch of runners', () => {
  it('ends with them, and outlives a kubectl that fails a few times', async () => {
    let looks = 0;
    const look = (): string => {
      looks += 1;
      if (looks < 5) throw new Error('no route');
      return looks < 8 ? listOf(run) : listOf(run, done);
    };
    const { watch } = watchOf({ look });
    expect(await watch.untilEnd()).toBeUndefined();
    expect(looks).toBe(8);
  });

  it('fails with a kubectl that fails again and again', async () => {
    const { watch } = watchOf({
      look: () => {
        throw new Error('no route');
      },
    });
    await expect(watch.untilEnd()).rejects.toThrow('no route');
  });

  it('gives up a TestRun with which no operator begins', async () => {
    const { watch, nowMs } = watchOf({ look: () => listOf({ ...run, status: {} }) });
    expect(await watch.untilEnd()).toMatchObject({ message: expect.stringContaining('k6-operator has not started') });
    expect(nowMs()).toBeGreaterThan(120_000);
  });

  it('ends when it is stopped', async () => {
    const made = watchOf({
      look: () => listOf(run),
      onWait: (nowMs) => {
        if (nowMs > 10_000) made.watch.stop();
      },
    });
    expect(await made.watch.untilEnd()).toBeUndefined();
    expect(await made.watch.settle()).toEqual({ fault: undefined, isKnown: false });
  });
});

describe('the last samples', () => {
  const totals = '{"proofload":{"http_reqs":30}}\n';

  it('are waited for as long as more arrive', async () => {
    const made = watchOf({
      totals,
      // One each nine seconds: slow, and yet on its way.
      onWait: (nowMs) => {
        made.samples.requests = Math.min(30, Math.floor(nowMs / 9_000));
      },
    });
    expect(await made.watch.settle()).toEqual({ fault: undefined, isKnown: true });
    expect(made.nowMs()).toBe(270_000);
  });

  it('are a fault where some are missing, and where there are too many', async () => {
    for (const requests of [29, 31]) {
      const { watch, samples } = watchOf({ totals });
      samples.requests = requests;
      expect((await watch.settle()).fault).toMatchObject({
        code: 'load-failed',
        message: `samples of ${requests} requests arrived, but k6 sent 30`,
      });
    }
  });

  it('are not known to be all where a runner does not say how many there are', async () => {
    expect(await watchOf({ totals: 'a message' }).watch.settle()).toEqual({ fault: undefined, isKnown: false });
  });
});
