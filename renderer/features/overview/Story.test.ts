import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { RunSummary } from '../../../shared/run/summary';
import { runSummary } from '../../../tests/support/factories';
import { Story } from './Story';

const report = runSummary({ scenarioId: 'level-1', target: 'sqlite-json', verdict: 'failed' });
const climbed = runSummary({ scenarioId: 'level-2', verdict: 'passed' });

/** The ticked steps, and the one that is next. */
function stepsOf(runs: readonly RunSummary[], hasExperiment = false): { done: string[]; next: string | undefined } {
  const html = renderToStaticMarkup(createElement(Story, { runs, hasExperiment }));
  const steps = [...html.matchAll(/<li([^>]*)>.*?stepTitle[^>]*>([^<]*)</g)];
  const titles = (isWanted: (attributes: string) => boolean): string[] =>
    steps.flatMap(([, attributes = '', title = '']) => (isWanted(attributes) ? [title] : []));
  return {
    done: titles((attributes) => attributes.includes('data-done="true"')),
    next: titles((attributes) => attributes.includes('aria-current="step"'))[0],
  };
}

it('the four steps of the report are ticked by real runs, and the first of the others is next', () => {
  expect(stepsOf([])).toEqual({ done: [], next: 'Reproduce' });
  expect(stepsOf([report])).toEqual({ done: ['Reproduce', 'Find the cause'], next: 'Compare the options' });
  expect(stepsOf([report], true)).toMatchObject({ next: 'Climb' });
  expect(stepsOf([climbed])).toEqual({ done: ['Climb'], next: 'Reproduce' });
});

it('a step is not ticked by what was imported, has not ended, failed, does not count, or is of another engine', () => {
  expect(stepsOf([{ ...report, origin: 'proofload' }])).toEqual({ done: [], next: 'Reproduce' });
  expect(stepsOf([{ ...report, verdict: null }]).done).toEqual([]);
  expect(stepsOf([{ ...climbed, verdict: 'failed' }]).done).toEqual([]);
  expect(stepsOf([{ ...report, target: 'memory' }]).done).toEqual([]);
  expect(stepsOf([{ ...climbed, wasGateShut: true }]).done).toEqual([]);
  expect(stepsOf([{ ...climbed, isShortened: true }]).done).toEqual([]);
});

it('the story is not told to the end again: there is nothing when all is ticked', () => {
  const html = renderToStaticMarkup(createElement(Story, { runs: [report, climbed], hasExperiment: true }));
  expect(html).toBe('');
});
