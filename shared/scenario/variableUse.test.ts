import { describe, expect, it } from 'vitest';
import { unusedVariables, variablesOf } from './variableUse';

const draft = {
  data: [{ user: 'ann', token: 'of the row' }],
  variables: { quantity: { min: 1, max: 3 }, spare: 1 },
  journeys: [
    {
      name: 'buy',
      steps: [
        { name: 'login', url: '/login', extract: { token: { jsonPath: '$.t' }, spare_id: { status: true } } },
        { thinkTime: '1s' },
        { url: '/b', extract: { order: { jsonPath: '$.id' } }, headers: { Authorization: 'Bearer {{ token }}' } },
        { url: '/orders/{{order}}', body: { quantity: '{{quantity}}', key: '{{secret.KEY}}' } },
      ],
    },
    { name: 'browse', steps: [{ url: '/{{token}}' }] },
  ],
};

describe('the variables that a step is offered', () => {
  it('are those of earlier steps with their names, then those of all steps', () => {
    const offered = variablesOf(draft, 0)[3] ?? [];
    expect(offered.slice(0, 4)).toEqual([
      { name: 'order', from: 'extracted by step 3' },
      { name: 'token', from: 'extracted by login' },
      { name: 'spare_id', from: 'extracted by login' },
      { name: 'user', from: 'column of the data' },
    ]);
    expect(offered).toContainEqual({ name: 'uuid', from: 'built in' });
    expect(offered).toContainEqual({ name: 'secret.KEY', from: 'secret' });
    expect(offered.filter(({ name }) => name === 'token')).toHaveLength(1);
  });

  it('are none of later steps, nor of other journeys', () => {
    const names = (journey: number, step: number): string[] =>
      (variablesOf(draft, journey)[step] ?? []).map(({ name }) => name);
    expect(names(0, 0)).not.toContain('spare_id');
    expect(names(0, 2)).not.toContain('order');
    expect(variablesOf(draft, 1)[0]).toContainEqual({ name: 'token', from: 'column of the data' });
  });

  it('are found in what is wrong as well', () => {
    const wrong = { journeys: [7, { steps: 'x' }, { steps: [7] }], data: 7, variables: [] };
    expect([0, 1].map((journey) => variablesOf(wrong, journey))).toEqual([[], []]);
    expect(variablesOf(wrong, 2)[0]).toContainEqual({ name: 'iteration', from: 'built in' });
    expect(unusedVariables(wrong)).toEqual([]);
  });
});

describe('variables that nothing uses', () => {
  it('are told by their places', () => {
    expect(unusedVariables(draft)).toEqual([
      { path: 'journeys.0.steps.0.extract.spare_id', message: 'spare_id is not used by a later step' },
      { path: 'variables.spare', message: 'spare is not used by a step' },
    ]);
  });

  it('are those that only their own step or an earlier one has', () => {
    const steps = [{ url: '/{{a}}' }, { url: '/{{a}}', extract: { a: { status: true } } }];
    expect(unusedVariables({ journeys: [{ steps }] })).toHaveLength(1);
  });
});
