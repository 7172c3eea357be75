import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../shared/errors/appError';
import type { Bridge } from '../../shared/ipc/contract';
import { type Scenario, scenarioSchema } from '../../shared/scenario/schema';

const { bridge, stored } = vi.hoisted(() => {
  const methods = {
    getScenarios: vi.fn<Bridge['getScenarios']>(),
    saveScenario: vi.fn<Bridge['saveScenario']>(),
    deleteScenario: vi.fn<Bridge['deleteScenario']>(),
  };
  const items = new Map<string, string>();
  vi.stubGlobal('window', { proofload: methods });
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => items.set(name, value),
    removeItem: (name: string) => items.delete(name),
  });
  return { bridge: methods, stored: items };
});

const { shownDraft, useScenarioStore } = await import('./scenarioStore');

const fresh = useScenarioStore.getInitialState();
const state = () => useScenarioStore.getState();
const draft = () => shownDraft(state());
const failure: AppError = { code: 'data-folder-unusable', message: 'no space', hint: 'free some' };

const saved: Scenario = scenarioSchema.parse({
  schema: 'proofload.scenario/1',
  id: 'orders',
  name: 'Orders',
  load: { executor: 'constant-arrival-rate', rate: 100, duration: '1m' },
});

function type(field: string, value: unknown): void {
  state().edit(field, (before) => ({ ...before, [field]: value }));
}

/** Longer than the pause after which typing in the same field is a separate undo step. */
const pauseMs = 1_500;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  stored.clear();
  bridge.getScenarios.mockResolvedValue({ ok: true, value: { scenarios: [saved], problems: [] } });
  useScenarioStore.setState(fresh, true);
  await state().load();
  state().show('orders');
});

afterEach(() => vi.useRealTimers());

describe('undo and redo', () => {
  it('go back and forth through the steps, to the scenario as it is saved', () => {
    type('name', 'Carts');
    type('description', 'many');
    state().undo();
    expect(draft()).toMatchObject({ name: 'Carts' });
    expect(draft()).not.toHaveProperty('description', 'many');
    state().undo();
    expect(draft()).toEqual(saved);
    state().undo();
    expect(draft()).toEqual(saved);
    state().redo();
    state().redo();
    state().redo();
    expect(draft()).toMatchObject({ name: 'Carts', description: 'many' });
  });

  it('take what is typed in one field without a pause as one step, and as another after a pause', () => {
    for (const name of ['C', 'Ca', 'Carts']) type('name', name);
    vi.advanceTimersByTime(pauseMs);
    type('name', 'Carts and orders');
    state().undo();
    expect(draft()).toMatchObject({ name: 'Carts' });
    state().undo();
    expect(draft()).toMatchObject({ name: 'Orders' });
  });

  it('take another field in between, or an undo, as the end of a step', () => {
    type('name', 'A');
    type('description', 'd');
    type('name', 'B');
    state().undo();
    expect(draft()).toMatchObject({ name: 'A', description: 'd' });
    type('name', 'C');
    state().undo();
    expect(draft()).toMatchObject({ name: 'A', description: 'd' });
  });

  it('forget what was undone once something else is typed', () => {
    type('name', 'A');
    state().undo();
    type('name', 'B');
    state().redo();
    expect(draft()).toMatchObject({ name: 'B' });
    state().undo();
    expect(draft()).toEqual(saved);
  });

  it('belong to the scenario that is shown', () => {
    type('name', 'A');
    state().create();
    const created = state().shown;
    type('name', 'New one');
    state().undo();
    expect(draft()).toMatchObject({ name: 'My scenario' });
    state().undo();
    expect(draft()).toMatchObject({ name: 'My scenario' });
    state().show('orders');
    state().undo();
    expect(draft()).toEqual(saved);
    state().redo();
    expect(draft()).toMatchObject({ name: 'A' });
    expect(created).not.toBe('orders');
  });

  it('remember the last two hundred steps', () => {
    for (let step = 0; step < 250; step += 1) type(`field-${step}`, step);
    for (let step = 0; step < 250; step += 1) state().undo();
    expect(draft()).toHaveProperty('field-49');
    expect(draft()).not.toHaveProperty('field-50');
  });

  it('begin anew after a restart, with the changes kept', async () => {
    type('name', 'Carts');
    const kept = stored.get('proofload.scenarios') ?? '';
    useScenarioStore.setState(fresh, true);
    stored.set('proofload.scenarios', kept);
    await useScenarioStore.persist.rehydrate();
    await state().load();
    state().show('orders');
    expect(draft()).toMatchObject({ name: 'Carts' });
    state().undo();
    expect(draft()).toMatchObject({ name: 'Carts' });
  });
});

describe('saving', () => {
  it('ends the changes, under the id that was typed', async () => {
    const renamed = { ...saved, id: 'carts', name: 'Carts' };
    bridge.saveScenario.mockResolvedValue({ ok: true, value: renamed });
    bridge.getScenarios.mockResolvedValue({ ok: true, value: { scenarios: [renamed], problems: [] } });
    type('id', 'carts');
    expect(await state().save()).toBe(true);
    expect(bridge.saveScenario).toHaveBeenCalledWith({ draft: { ...saved, id: 'carts' }, before: 'orders' });
    expect([state().shown, state().edited, draft()]).toEqual(['carts', {}, renamed]);
  });

  it('that fails keeps the changes and their steps', async () => {
    bridge.saveScenario.mockResolvedValue({ ok: false, error: failure });
    type('name', 'Carts');
    expect(await state().save()).toBe(false);
    expect([state().error, draft()?.name]).toEqual([failure, 'Carts']);
    state().undo();
    expect(draft()).toEqual(saved);
  });

  it('keeps what is typed while it is being saved', async () => {
    const answer = Promise.withResolvers<Awaited<ReturnType<Bridge['saveScenario']>>>();
    bridge.saveScenario.mockReturnValue(answer.promise);
    type('name', 'Carts');
    const saving = state().save();
    type('description', 'typed meanwhile');
    answer.resolve({ ok: true, value: { ...saved, name: 'Carts' } });
    bridge.getScenarios.mockResolvedValue({
      ok: true,
      value: { scenarios: [{ ...saved, name: 'Carts' }], problems: [] },
    });
    await saving;
    expect(draft()).toMatchObject({ name: 'Carts', description: 'typed meanwhile' });
  });
});

describe('a scenario that is saved while another is shown', () => {
  it('does not come to the front again', async () => {
    const answer = Promise.withResolvers<Awaited<ReturnType<Bridge['saveScenario']>>>();
    bridge.saveScenario.mockReturnValue(answer.promise);
    type('name', 'Carts');
    const saving = state().save();
    state().create();
    const { shown } = state();
    answer.resolve({ ok: true, value: { ...saved, name: 'Carts' } });
    await saving;
    expect(state().shown).toBe(shown);
  });
});

describe('deleting', () => {
  it('is undone by saving it again', async () => {
    bridge.deleteScenario.mockResolvedValue({ ok: true, value: saved });
    await state().remove('orders');
    expect([state().shown, state().deleted]).toEqual([undefined, saved]);
    bridge.saveScenario.mockResolvedValue({ ok: true, value: saved });
    await state().undoRemove();
    expect([state().shown, state().deleted]).toEqual(['orders', undefined]);
  });
});
