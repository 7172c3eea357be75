import { describe, expect, it, vi } from 'vitest';
import { description, level, runDocument } from '../../tests/support/factories';
import { prepareRun } from '../app/runs/prepareRun';
import type { RunOutcome, RunRequest } from '../run/runContract';
import { RunOutputs } from './runOutputs';
import { RunSession } from './runSession';

const request: RunRequest = prepareRun(
  { scenario: level('level-2'), target: { kind: 'engine', engine: 'memory', options: {} } },
  new Date('2026-01-01'),
);

/** A session with runs that end when the test says so, and an output that records what it receives. */
function fixture() {
  const noted: string[] = [];
  let end = (_outcome: RunOutcome): void => {};
  let isRefused = false;
  const session = new RunSession(
    ({ id }, { onEvent }) => {
      if (isRefused) throw new Error('refused');
      onEvent({ type: 'started', run: description() });
      return {
        id,
        stop: () => {},
        finished: new Promise<RunOutcome>((resolve) => {
          end = resolve;
        }),
      };
    },
    () => {},
  );
  let opened = 0;
  const runOutputs = new RunOutputs(session, async () => {
    opened += 1;
    const name = `output ${opened}`;
    return {
      places: [`${name} is here`],
      outputs: [
        {
          onEvent: ({ type }) => noted.push(`${name}: ${type}`),
          onSecond: () => {},
          close: (signal) =>
            new Promise<string[]>((resolve) => {
              const closed = (): void => resolve([`${name} was not scraped.`]);
              if (signal.aborted) closed();
              else signal.addEventListener('abort', closed);
            }),
        },
      ],
    };
  });
  return {
    noted,
    runOutputs,
    session,
    log: () => session.view.log.map(({ message }) => message),
    end: () => end({ kind: 'document', document: runDocument(), saved: true }),
    refuse: () => {
      isRefused = true;
    },
  };
}

describe('the outputs of the runs of the window', () => {
  it('hear of the run, and the log says where they are', async () => {
    const { runOutputs, noted, log } = fixture();
    await runOutputs.start(request);
    expect(noted).toEqual(['output 1: started']);
    expect(log()).toEqual(['output 1 is here.']);
  });

  it('wait no longer for a last scrape when another run starts, and say what is missing', async () => {
    const { runOutputs, session, log, end, noted } = fixture();
    const first = await runOutputs.start(request);
    end();
    await first.finished;
    await vi.waitFor(() => expect(session.isBusy).toBe(false));
    const say = vi.spyOn(session, 'say');
    await runOutputs.start(request);
    expect(say).toHaveBeenCalledWith({ level: 'warning', message: 'output 1 was not scraped.' });
    expect(log()).toEqual(['output 2 is here.']);
    expect(noted).toEqual(['output 1: started', 'output 2: started']);
  });

  it('are closed when the run can not start', async () => {
    const { runOutputs, session, refuse } = fixture();
    refuse();
    const say = vi.spyOn(session, 'say');
    await expect(runOutputs.start(request)).rejects.toThrow('refused');
    expect(say).toHaveBeenCalledWith({ level: 'warning', message: 'output 1 was not scraped.' });
    expect(session.isBusy).toBe(false);
  });

  it('are not opened while a run goes on', async () => {
    const { runOutputs, noted } = fixture();
    await runOutputs.start(request);
    await expect(runOutputs.start(request)).rejects.toMatchObject({ code: 'run-active' });
    expect(noted).toEqual(['output 1: started']);
  });
});
