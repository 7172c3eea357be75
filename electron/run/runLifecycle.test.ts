import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogLine } from '../../shared/run/document';
import { scenarioSchema } from '../../shared/scenario/schema';
import { level } from '../../tests/support/factories';
import type { WorkerHandlers, WorkerHost } from '../hosting/workerHost';
import { EarlyEnd } from './earlyEnd';
import { RunLifecycle } from './runLifecycle';
import { RunLog } from './runLog';

const steps = [{ url: '/token', extract: { token: { jsonPath: '$.token' } } }];

/** A run with a setup and a teardown of five seconds each. Its process responds with what `answer` returns. */
function lifecycle(answer: (command: Record<string, unknown>) => object | undefined) {
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    journeys: [{ name: 'visit', steps: [{ url: '/' }] }],
    setup: { steps, timeout: '5s' },
    teardown: { steps: [{ url: '/end/{{token}}' }], timeout: '5s' },
  });
  const commands: Record<string, unknown>[] = [];
  let running = 0;
  const workers: WorkerHost = {
    start: (_kind, handlers: WorkerHandlers) => {
      running += 1;
      const exit = (): void => {
        running -= 1;
        handlers.onExit('by itself');
      };
      const send = (message: object): void => {
        const command: Record<string, unknown> = { ...message };
        commands.push(command);
        if (command.type === 'exit') exit();
        else {
          const report = answer(command);
          if (report) handlers.onMessage(report);
        }
      };
      return { pid: 1, send, kill: exit };
    },
  };
  const lines: LogLine[] = [];
  const log = new RunLog(
    (text) => text,
    (event) => {
      if (event.type === 'log') lines.push({ level: event.level, message: event.message });
    },
  );
  const earlyEnd = new EarlyEnd((text) => text);
  const target = { kind: 'url', url: 'http://127.0.0.1:1/', method: 'GET', headers: [] } as const;
  const made = new RunLifecycle({
    workers,
    scenario,
    target: { ...target, headers: [] },
    secrets: new Map(),
    earlyEnd,
    log,
  });
  return { made, commands, lines, earlyEnd, running: () => running };
}

const ended = { type: 'lifecycle-ended', variables: {}, requests: 1, durationMs: 3, warnings: [] };

describe('setup and teardown of a run', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('hand on what the setup has extracted, each from a process that has ended', async () => {
    const { made, commands, lines, running } = lifecycle(({ type, part }) =>
      type === 'lifecycle' ? { ...ended, ...(part === 'setup' ? { variables: { token: 't1' } } : {}) } : undefined,
    );
    expect(await made.setUp()).toEqual({ token: 't1' });
    expect(running()).toBe(0);
    await made.tearDown();
    expect(running()).toBe(0);
    expect(commands.map(({ type, part, given }) => [type, part, given])).toEqual([
      ['lifecycle', 'setup', {}],
      ['exit', undefined, undefined],
      ['lifecycle', 'teardown', { token: 't1' }],
      ['exit', undefined, undefined],
    ]);
    expect(lines).toEqual([
      { level: 'info', message: 'setup: 1 request in 3.00 ms' },
      { level: 'info', message: 'teardown: 1 request in 3.00 ms' },
    ]);
  });

  it('a setup that fails is an error with its step', async () => {
    const { made } = lifecycle(({ type }) =>
      type === 'lifecycle' ? { ...ended, failure: 'token: status-500' } : undefined,
    );
    await expect(made.setUp()).rejects.toMatchObject({
      code: 'setup-failed',
      message: expect.stringContaining('token: status-500'),
    });
  });

  it('a setup that is stopped is cut off, and its process is gone', async () => {
    const { made, commands, earlyEnd, running } = lifecycle(({ type }) =>
      type === 'stop' ? { ...ended, failure: 'it was stopped' } : undefined,
    );
    const setup = made.setUp();
    earlyEnd.interrupt('by the user');
    await expect(setup).rejects.toMatchObject({ code: 'interrupted' });
    expect(commands.map(({ type }) => type)).toEqual(['lifecycle', 'stop', 'exit']);
    expect(running()).toBe(0);
  });

  it('a teardown that never ends is given up after its time, and only said', async () => {
    const { made, lines, running } = lifecycle(() => undefined);
    const teardown = made.tearDown();
    await vi.advanceTimersByTimeAsync(20_000);
    await teardown;
    expect(running()).toBe(0);
    expect(lines).toEqual([{ level: 'warning', message: 'The teardown failed: the teardown did not end' }]);
  });

  it('a teardown whose process is killed is only said', async () => {
    const { made, lines } = lifecycle(({ type }) => (type === 'lifecycle' ? { type: 'unreadable' } : undefined));
    await made.tearDown();
    expect(lines).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/^The teardown failed: .*ended/) },
    ]);
  });
});
