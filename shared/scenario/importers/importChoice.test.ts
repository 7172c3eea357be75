import { expect, it } from 'vitest';
import { checkDraft } from '../draft';
import { fromHar } from './har';
import { chosenDraft, chosenRequests, type ImportChoice } from './importChoice';
import { everyRequest } from './importFilter';

const entry = (url: string, text: string): object => ({
  startedDateTime: '2026-01-01T00:00:00.000Z',
  time: 1,
  request: { method: 'GET', url, headers: [] },
  response: { status: 200, headers: [], content: { mimeType: 'application/json', text } },
});
const recording = {
  log: { entries: [entry('http://x/a', '{"token":"t-4711-xyz"}'), entry('http://x/b?t=t-4711-xyz', '{}')] },
};

function made(choice: ImportChoice) {
  const { draft, notes } = chosenDraft(chosenRequests(fromHar(recording, everyRequest), choice), choice, new Set());
  const checked = checkDraft(draft);
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join());
  return { ...checked.scenario, text: JSON.stringify(draft), notes };
}

const line = 'token: $.token of GET /a comes back in GET /b (query t)';

it('a recording becomes a journey, with variables where they are wanted', () => {
  const applied = made({ weights: false, correlates: true });
  expect(applied.journeys?.[0]?.steps).toHaveLength(2);
  expect(applied.text).not.toContain('4711');
  expect(applied.notes).toContain(`Variable ${line}`);
  const recorded = made({ weights: false, correlates: false });
  expect(recorded.text).toContain('4711');
  expect(recorded.notes).toContain(`As it was recorded: ${line}`);
});

it('a recording becomes single requests where they are wanted, which have no variables', () => {
  const { journeys, requests, text, notes } = made({ weights: true, correlates: true });
  expect([journeys, requests?.length]).toEqual([undefined, 2]);
  expect(text).toContain('4711');
  expect(notes.join()).not.toContain('comes back');
});
