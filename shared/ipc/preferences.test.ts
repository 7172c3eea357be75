import { expect, it } from 'vitest';
import { noOutputs, preferencesSchema } from './preferences';

it('reads what was kept before there were lanes', () => {
  expect(preferencesSchema.parse({ theme: 'dark' })).toEqual({
    theme: 'dark',
    historyBudgetMb: null,
    savedFilters: [],
    timeline: {},
    outputs: noOutputs,
  });
});

it('keeps lanes, and loses nothing else for lanes that it cannot read', () => {
  const timeline = { cache: { isShown: false, heightPx: 110 } };
  expect(preferencesSchema.parse({ theme: 'dark', timeline })).toMatchObject({ timeline });
  for (const unreadable of [{ tides: { isShown: true, heightPx: 100 } }, { cache: { isShown: true, heightPx: 9 } }, 4])
    expect(preferencesSchema.parse({ theme: 'dark', historyBudgetMb: 100, timeline: unreadable })).toEqual({
      theme: 'dark',
      historyBudgetMb: 100,
      savedFilters: [],
      timeline: {},
      outputs: noOutputs,
    });
});

it('loses nothing else for outputs that it cannot take', () => {
  for (const outputs of [4, { prometheusPort: 1 }, { ...noOutputs, otlpUrl: 'http://user:word@127.0.0.1:4318' }])
    expect(preferencesSchema.parse({ theme: 'light', outputs })).toMatchObject({ theme: 'light', outputs: noOutputs });
});
