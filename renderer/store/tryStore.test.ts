import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../shared/errors/appError';
import type { Bridge } from '../../shared/ipc/contract';
import type { TriedJourney } from '../../shared/scenario/triedJourney';

const { bridge } = vi.hoisted(() => {
  const methods = { tryJourney: vi.fn<Bridge['tryJourney']>(), stopTry: vi.fn<Bridge['stopTry']>() };
  vi.stubGlobal('window', { proofload: methods });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} });
  return { bridge: methods };
});

const { useScenarioStore } = await import('./scenarioStore');
const { isOf, useTryStore } = await import('./tryStore');

const fresh = useTryStore.getInitialState();
const state = () => useTryStore.getState();
const result: TriedJourney = { journey: 'visit', outcome: 'passed', steps: [], planned: 1 };
const target = { kind: 'url', url: 'http://127.0.0.1:1/' } as const;
const error = (code: AppError['code']): AppError => ({ code, message: 'no', hint: 'try again' });

beforeEach(() => {
  vi.clearAllMocks();
  useTryStore.setState(fresh, true);
  useScenarioStore.setState(useScenarioStore.getInitialState(), true);
  useScenarioStore.getState().create();
  useScenarioStore
    .getState()
    .edit('journeys', (draft) => ({ ...draft, journeys: [{ name: 'visit', steps: [{ url: '/' }] }] }));
});

describe('trying a journey', () => {
  it('keeps what came of it with its scenario', async () => {
    bridge.tryJourney.mockResolvedValue({ ok: true, value: result });
    const trying = state().tryShown('visit', target);
    expect(state().isTrying).toBe(true);
    await trying;
    const { shown } = useScenarioStore.getState();
    expect(state()).toMatchObject({ isTrying: false, tried: result });
    expect(isOf(state(), shown, 'visit')).toBe(true);
    expect([isOf(state(), shown, 'other'), isOf(state(), 'other', 'visit')]).toEqual([false, false]);
    expect(bridge.tryJourney).toHaveBeenCalledWith({
      draft: expect.objectContaining({ id: shown }),
      journey: 'visit',
      target,
    });
  });

  it('does not begin where the draft has problems, or another is being tried', async () => {
    const answer = Promise.withResolvers<Awaited<ReturnType<Bridge['tryJourney']>>>();
    bridge.tryJourney.mockReturnValue(answer.promise);
    const trying = state().tryShown('visit', undefined);
    await state().tryShown('visit', undefined);
    expect(bridge.tryJourney).toHaveBeenCalledTimes(1);
    expect(bridge.tryJourney.mock.calls[0]?.[0]).not.toHaveProperty('target');
    answer.resolve({ ok: true, value: result });
    await trying;
    useScenarioStore.getState().edit('name', (draft) => ({ ...draft, name: '' }));
    await state().tryShown('visit', undefined);
    expect(bridge.tryJourney).toHaveBeenCalledTimes(1);
  });

  it('tells an error, but not that it was stopped', async () => {
    bridge.tryJourney.mockResolvedValue({ ok: false, error: error('load-failed') });
    await state().tryShown('visit', undefined);
    expect(state()).toMatchObject({ error: error('load-failed'), tried: undefined, isTrying: false });
    bridge.tryJourney.mockResolvedValue({ ok: false, error: error('interrupted') });
    await state().tryShown('visit', undefined);
    expect(state()).toMatchObject({ error: undefined, isTrying: false });
  });

  it('is stopped in the main process, and is forgotten when it is closed', async () => {
    bridge.stopTry.mockResolvedValue({ ok: true, value: undefined });
    await state().stop();
    expect(bridge.stopTry).toHaveBeenCalled();
    bridge.tryJourney.mockResolvedValue({ ok: true, value: result });
    await state().tryShown('visit', undefined);
    state().clear();
    expect(state().tried).toBeUndefined();
  });
});
