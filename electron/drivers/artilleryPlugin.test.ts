import { describe, expect, it, vi } from 'vitest';
import { plainLoadSchema } from '../../shared/scenario/schema';
import { planLoad } from '../load/loadPlan';
import type { LoadTick } from '../load/protocol';
import { wholeLoad } from '../load/schedule/shard';
import { artilleryPlugin, pluginFunctions, pluginName } from './artilleryPlugin';
import { ArtilleryStream } from './artilleryStream';
import { SampleTicks } from './sampleTicks';

type Hook = (...args: unknown[]) => void;
interface PluginModule {
  Plugin: new (script: object) => unknown;
}

/** What the plugin is loaded with in a worker of Artillery: a clock that a test sets, and a pipe that it reads. */
function workerOf(script: { config: { processor?: Record<string, Hook>; plugins: object }; scenarios: object[] }) {
  const clock = { nowMs: 0 };
  const written: string[] = [];
  const delay = { max: 0, enable: () => {}, reset: () => {} };
  const modules: Record<string, unknown> = {
    'node:fs': {
      writeSync: (_descriptor: number, bytes: Buffer) => {
        written.push(bytes.toString());
        return bytes.length;
      },
    },
    'node:perf_hooks': {
      performance: { timeOrigin: 0, now: () => clock.nowMs },
      monitorEventLoopDelay: () => delay,
    },
    'node:dns': { lookup: () => {} },
  };
  const timers: (() => void)[] = [];
  const every = (task: () => void) => {
    timers.push(task);
    return { unref: () => {} };
  };
  const module: { exports: Partial<PluginModule> } = { exports: {} };
  const process = { env: { LOCAL_WORKER_ID: '1' } };
  new Function('module', 'require', 'process', 'setInterval', artilleryPlugin)(
    module,
    (name: string) => modules[name],
    process,
    every,
  );
  const { Plugin } = module.exports;
  if (!Plugin) throw new Error('the plugin exports no class');
  new Plugin(script);
  const run = (name: string, ...args: unknown[]): void => script.config.processor?.[name]?.(...args);
  return {
    clock,
    run,
    lines: (): string[] => {
      for (const task of timers) task();
      return written.join('').trim().split('\n');
    },
  };
}

describe('the plugin of Artillery', () => {
  /** A load of 200 requests a second for 2 s after a warm-up of 1 s, in a worker that is late for its first user. */
  function measured(lateMs: { first: number; others: number }): LoadTick[] {
    const warmupMs = 1_000;
    const script = {
      config: {
        plugins: { [pluginName]: { untilMs: null, warmupMs, idleMs: 0 } },
        phases: [
          { name: 'warm-up', duration: 1, arrivalRate: 200 },
          { name: 'load', duration: 2, arrivalRate: 200 },
        ],
      },
      scenarios: [{ name: 'read' }],
    };
    const worker = workerOf(script);
    for (let user = 1; user <= 600; user += 1) {
      const context = { scenario: { name: 'read' } };
      const params = { uuid: `request-${user}` };
      // Artillery makes the first arrival of a phase after one interval, and the last one at its end.
      worker.clock.nowMs = user * 5 + (user === 1 ? lateMs.first : lateMs.others);
      worker.run(pluginFunctions.begin, context, {}, vi.fn());
      worker.run('proofloadBefore', params, context, { on: () => {} }, vi.fn());
      worker.clock.nowMs += 0.5;
      worker.run('proofloadAfter', params, {}, context, {}, vi.fn());
      worker.run(pluginFunctions.end, context, {}, vi.fn());
    }
    const load = plainLoadSchema.parse({ executor: 'constant-arrival-rate', rate: 200, duration: '2s' });
    const plan = planLoad({ load, warmupMs, seed: 1, shard: wholeLoad });
    const ticks: LoadTick[] = [];
    const samples = new SampleTicks({
      plan,
      warmupMs,
      hasJourneys: true,
      tellsSends: true,
      onTick: (tick) => ticks.push(tick),
    });
    const stream = new ArtilleryStream(samples.listener(), new Map());
    for (const line of worker.lines()) stream.line(line);
    samples.finish(false);
    return ticks.filter(({ warmup }) => !warmup);
  }

  it.each([
    ['on time', { first: 0, others: 0 }],
    ['later with the first user than with others', { first: 12, others: 0.1 }],
    ['later with others than with the first user', { first: 0, others: 12 }],
  ])('counts the requests of the measured part to the last one when Artillery is %s', (_name, lateMs) => {
    const ticks = measured(lateMs);
    const count = (of: (tick: LoadTick) => number): number => ticks.reduce((sum, tick) => sum + of(tick), 0);
    expect(count(({ failures }) => failures['status-0'] ?? 0)).toBe(400);
    expect(count(({ sent }) => sent)).toBe(400);
    expect(count(({ journeys }) => journeys?.iterations.read?.completed ?? 0)).toBe(400);
    expect(ticks.at(-1)?.inFlight).toBe(0);
  });

  it('tells when the load began, though the first users arrive later', () => {
    const plugins = { [pluginName]: { untilMs: null, warmupMs: null, idleMs: 2_000 } };
    const worker = workerOf({ config: { plugins }, scenarios: [{ name: 'read' }] });
    worker.clock.nowMs = 2_500;
    worker.run(pluginFunctions.begin, { scenario: { name: 'read' } }, {}, vi.fn());
    expect(
      worker
        .lines()
        .slice(0, 2)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      ['b', 500],
      ['j', 'read', 2_500, null],
    ]);
  });
});
