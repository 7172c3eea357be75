import { expect, it, vi } from 'vitest';

vi.stubGlobal('window', { proofload: {} });

const { experimentInput, useOptionsStore } = await import('./optionsStore');

it('asks for the duration that was typed, in the notation of scenario files', () => {
  const { plan } = useOptionsStore.getInitialState();
  expect(experimentInput(plan).duration).toBe('10s');
  expect(experimentInput({ ...plan, duration: ' 2m ' }).duration).toBe('2m');
  expect(experimentInput({ ...plan, duration: '90' }).duration).toBe('1m30s');
});
