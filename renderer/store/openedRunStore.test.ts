import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/contract';
import { importedResult, runSummary } from '../../tests/support/factories';

const bridge = vi.hoisted(() => {
  const methods = {
    getRun: vi.fn<Bridge['getRun']>(),
    getRunSummary: vi.fn<Bridge['getRunSummary']>(),
    getHeat: vi.fn<Bridge['getHeat']>(),
    noteRun: vi.fn<Bridge['noteRun']>(),
  };
  vi.stubGlobal('window', { proofload: methods });
  return methods;
});

const { useOpenedRunStore } = await import('./openedRunStore');

const fresh = useOpenedRunStore.getInitialState();
const state = () => useOpenedRunStore.getState();

/** A value in the form in which the main process passes it. */
const asText = (value: unknown): { json: string } => ({ json: JSON.stringify(value) });

/** What is open, and the run of the summary. */
function shown(): (string | undefined)[] {
  const { opened, summary } = state();
  return [opened?.kind === 'result' ? opened.result.file : undefined, summary?.id];
}

beforeEach(() => {
  bridge.getRunSummary.mockImplementation(async ({ id }) => ({ ok: true, value: runSummary({ id }) }));
  bridge.getRun.mockImplementation(async ({ id }) => ({
    ok: true,
    value: asText({ kind: 'result', result: importedResult({ file: id }) }),
  }));
  bridge.getHeat.mockResolvedValue({ ok: true, value: asText([]) });
  bridge.noteRun.mockResolvedValue({ ok: true, value: undefined });
  state().close();
  useOpenedRunStore.setState(fresh, true);
});

describe('the run that is open', () => {
  it('is the one that was chosen last, however late another comes', async () => {
    const late = Promise.withResolvers<void>();
    bridge.getRun.mockImplementationOnce(async () => {
      await late.promise;
      return { ok: true, value: asText({ kind: 'result', result: importedResult({ file: 'first' }) }) };
    });
    const first = state().open('first');
    await state().open('second');
    late.resolve();
    await first;
    expect(shown()).toEqual(['second', 'second']);
  });

  it('stays closed when a note that was made as it was closed has been kept', async () => {
    await state().open('first');
    const noted = state().note('first', { notes: 'slower' });
    state().close();
    await noted;
    expect(shown()).toEqual([undefined, undefined]);
  });

  it('tells of a note that could not be kept', async () => {
    await state().open('first');
    const error = { code: 'history-write-failed', message: 'no space', hint: 'free some' } as const;
    bridge.noteRun.mockResolvedValue({ ok: false, error });
    await state().note('first', { notes: 'slower' });
    expect(state().error).toEqual(error);
  });
});
