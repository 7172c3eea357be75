import { describe, expect, it } from 'vitest';
import { checkDraft, type ScenarioDraft } from '../../draft';
import { fromHar } from '../har';
import { chosenDraft, offeredRequests } from '../importChoice';
import type { ImportedRequests } from '../importedRequests';
import { everyRequest } from '../importFilter';
import { nameImported } from '../nameImported';
import { type CorrelationProposal, namedProposals, proposalState, withProposal } from './proposals';

const server = 'http://127.0.0.1:3000';
const token = 'a8Fk29-xQ-7712';

function exchange(method: string, path: string, headers: object, response: object): object {
  const list = (pairs: object) => Object.entries(pairs).map(([name, value]) => ({ name, value }));
  return {
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 5,
    request: { method, url: server + path, headers: list(headers) },
    response: { status: 200, headers: [], content: { mimeType: 'application/json', text: '{}' }, ...response },
  };
}

const answer = (value: object): object => ({ content: { mimeType: 'application/json', text: JSON.stringify(value) } });

/** A page, a token, an order whose id is in the path of the next request, and a cookie. */
const entries = [
  exchange(
    'GET',
    '/token',
    {},
    { ...answer({ access_token: token }), headers: [{ name: 'Set-Cookie', value: 'sid=s-4711-abcdef; Path=/' }] },
  ),
  exchange(
    'POST',
    '/orders',
    { Authorization: `Bearer ${token}`, Cookie: 'sid=s-4711-abcdef; lang=en' },
    answer({ id: '84f2c1aa-1b2c-4d5e-8f90-aabbccddeeff' }),
  ),
  exchange(
    'GET',
    '/orders/84f2c1aa-1b2c-4d5e-8f90-aabbccddeeff',
    { Authorization: `Bearer ${token}` },
    answer({ state: 'open' }),
  ),
];

const recorded = (): ImportedRequests => fromHar({ log: { creator: { name: 'x' }, entries } }, everyRequest);

function offered(correlates: boolean): { draft: ScenarioDraft; proposals: readonly CorrelationProposal[] } {
  const choice = { weights: false, correlates };
  const { imported, proposals } = offeredRequests(recorded(), choice);
  return { draft: chosenDraft(imported, choice, new Set()).draft, proposals };
}

const states = (draft: ScenarioDraft, proposals: readonly CorrelationProposal[]) =>
  proposals.map((proposal) => `${proposal.variable} ${proposalState(draft, proposal)}`);

/** The steps of the journey as JSON, without think times. */
function stepsOf(draft: ScenarioDraft): Record<string, unknown>[] {
  const [journey] = JSON.parse(JSON.stringify(draft.journeys));
  return journey.steps.filter((step: object) => !('thinkTime' in step));
}

describe('correlations after an import', () => {
  it('are proposed with both places', () => {
    const { proposals } = offered(false);
    expect(proposals.map(({ variable, source, uses }) => [variable, source.step, source.place, uses])).toEqual([
      [
        'access_token',
        'GET /token',
        '$.access_token',
        [
          { step: 'POST /orders', place: 'header Authorization' },
          { step: 'GET /orders/84f2c1aa-1b2c-4d5e-8f90-aabbccddeeff', place: 'header Authorization' },
        ],
      ],
      ['sid', 'GET /token', 'cookie sid', [{ step: 'POST /orders', place: 'cookie sid' }]],
      ['id', 'POST /orders', '$.id', [{ step: 'GET /orders/84f2c1aa-1b2c-4d5e-8f90-aabbccddeeff', place: 'path' }]],
    ]);
  });

  it('are applied one by one, in any order, to what the import would have made of them', () => {
    const { draft, proposals } = offered(false);
    expect(states(draft, proposals)).toEqual(['access_token open', 'sid open', 'id open']);
    const made = [...proposals].reverse().reduce(withProposal, draft);
    expect(states(made, proposals)).toEqual(['access_token applied', 'sid applied', 'id applied']);
    expect(stepsOf(made)).toEqual(stepsOf(offered(true).draft));
    expect(checkDraft(made).ok).toBe(true);
    const [, order, read] = stepsOf(made);
    expect(order?.headers).toEqual({ Authorization: 'Bearer {{access_token}}', Cookie: 'lang=en' });
    expect(read?.url).toBe(`${server}/orders/{{id}}`);
    // Applying them again changes nothing.
    expect(proposals.reduce(withProposal, made)).toBe(made);
  });

  it('are applied already where the import has applied them', () => {
    const { draft, proposals } = offered(true);
    expect(states(draft, proposals)).toEqual(['access_token applied', 'sid applied', 'id applied']);
  });

  it('find their steps where others were added, and are gone with the step that they take from', () => {
    const { draft, proposals } = offered(false);
    const [journey] = JSON.parse(JSON.stringify(draft.journeys));
    const around = {
      ...draft,
      journeys: [{ ...journey, steps: [{ url: '/first' }, ...journey.steps, { url: '/last' }] }],
    };
    expect(states(around, proposals)).toEqual(['access_token open', 'sid open', 'id open']);
    const without = { ...draft, journeys: [{ ...journey, steps: journey.steps.slice(1) }] };
    expect(states(without, proposals)).toEqual(['access_token gone', 'sid open', 'id open']);
    const [first] = proposals;
    if (!first) throw new Error('nothing was found');
    expect(withProposal(without, first)).toBe(without);
  });

  it('send a variable also where a secret has been named in the place of the value', () => {
    const choice = { weights: false, correlates: false };
    const { imported, proposals } = offeredRequests(recorded(), choice);
    const named = nameImported(imported, []);
    expect(named.secrets.map(({ value }) => value)).toContain(token);
    const { draft } = chosenDraft(named.imported, choice, new Set());
    const made = namedProposals(proposals, named.secrets).reduce(withProposal, draft);
    expect(stepsOf(made)[1]?.headers).toMatchObject({ Authorization: 'Bearer {{access_token}}' });
  });

  it('leave a draft alone that is no scenario', () => {
    const { proposals } = offered(false);
    for (const draft of [{}, { journeys: 'none' }, { journeys: [{ steps: [null, { url: 7 }] }] }])
      expect(proposals.reduce(withProposal, draft)).toBe(draft);
  });
});
