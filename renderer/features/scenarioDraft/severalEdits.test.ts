import { describe, expect, it } from 'vitest';
import { checkDraft, type ScenarioDraft } from '../../../shared/scenario/draft';
import { severalScenarios } from '../../../tests/support/severalScenarios';
import { withWork } from './journeyEdits';
import {
  hasSeveral,
  journeysIn,
  scenariosOf,
  withExecutor,
  withJourneyIn,
  withJourneyName,
  withNewScenario,
  withOneLoad,
  withoutScenario,
  withSeveral,
} from './severalEdits';

const journey = (name: string) => ({ name, steps: [{ url: `/${name}` }] });
const single: ScenarioDraft = {
  schema: 'proofload.scenario/1',
  id: 'mine',
  name: 'Mine',
  load: { executor: 'constant-arrival-rate', rate: 5, duration: '10s' },
  journeys: ['look', 'find', 'buy'].map(journey),
};
const several: ScenarioDraft = { ...severalScenarios() };

const shareOf = (draft: ScenarioDraft) => scenariosOf(draft).map((one) => [one.name, journeysIn(one)]);
const problemsOf = (draft: ScenarioDraft) => {
  const checked = checkDraft(draft);
  return checked.ok ? [] : checked.problems.map(({ path }) => path);
};

describe('the load of a draft', () => {
  it('becomes that of the first of several scenarios, and a second has the last journey', () => {
    const divided = withSeveral(single);
    expect(hasSeveral(single)).toBe(false);
    expect(hasSeveral(divided)).toBe(true);
    expect(shareOf(divided)).toEqual([
      ['scenario', ['look', 'find']],
      ['scenario_2', ['buy']],
    ]);
    expect(scenariosOf(divided)[0]).toMatchObject({ executor: 'constant-arrival-rate', rate: 5, duration: '10s' });
    expect(problemsOf(divided)).toEqual([]);
    expect(withSeveral(divided)).toBe(divided);
  });

  it('becomes one scenario where there is one journey, and no capacity search', () => {
    const divided = withSeveral({ ...single, load: { executor: 'capacity-search' }, journeys: [journey('look')] });
    expect(shareOf(divided)).toEqual([['scenario', ['look']]]);
    expect(problemsOf(divided)).toEqual([]);
  });

  it('is that of the first scenario again, without thresholds of scenarios', () => {
    const thresholds = { 'http_req_duration{scenario:buy}': ['p(95)<9'], http_req_failed: ['rate<0.1'] };
    const joined = withOneLoad({ ...several, thresholds });
    expect(joined).toMatchObject({ load: { executor: 'constant-arrival-rate', rate: 20 } });
    expect(joined.thresholds).toEqual({ http_req_failed: ['rate<0.1'] });
    expect(problemsOf(joined)).toEqual([]);
    expect(withOneLoad(single)).toBe(single);
  });

  it('is one load where the scenario has no journeys any more', () => {
    expect(problemsOf(withWork(several, 'requests'))).toEqual([]);
    expect(withWork(several, 'journeys')).toMatchObject({ load: { executor: 'scenarios' } });
  });
});

describe('the scenarios of a draft', () => {
  it('are one more, with the journeys that no other has', () => {
    const more = withNewScenario({ ...several, journeys: [...(severalScenarios().journeys ?? []), journey('pay')] });
    expect(shareOf(more).at(-1)).toEqual(['scenario', ['pay']]);
    expect(problemsOf(more)).toEqual([]);
    expect(problemsOf(withNewScenario(several))).toEqual(['load.scenarios.2.journeys']);
  });

  it('are one fewer, and its journeys go to the first', () => {
    const fewer = withoutScenario(several, 1);
    expect(shareOf(fewer)).toEqual([['browse', ['look', 'find', 'order']]]);
    expect(shareOf(withoutScenario(several, 0))).toEqual([['buy', ['order', 'look', 'find']]]);
    expect(problemsOf(fewer)).toEqual([]);
  });

  it('have each journey in one of them, in the order of the file', () => {
    const moved = withJourneyIn(several, 'look', 1);
    expect(shareOf(moved)).toEqual([
      ['browse', ['find']],
      ['buy', ['look', 'order']],
    ]);
    expect(problemsOf(moved)).toEqual([]);
    expect(problemsOf(withJourneyIn(several, 'look', undefined))).toEqual(['load.scenarios']);
  });

  it('keep what they are called, when they begin and what they do with another executor', () => {
    const [, buy = {}] = scenariosOf(several);
    expect(withExecutor(buy, 'shared-iterations')).toMatchObject({
      ...{ name: 'buy', startTime: '1s', journeys: ['order'] },
      ...{ executor: 'shared-iterations', vus: 2, iterations: 100 },
    });
    expect(withExecutor({ name: 'a', journeys: [] }, 'constant-vus')).not.toHaveProperty('startTime');
  });

  it('know a journey by its new name', () => {
    const renamed = withJourneyName(several, 1, 'search');
    expect(shareOf(renamed)[0]).toEqual(['browse', ['look', 'search']]);
    expect(problemsOf(renamed)).toEqual([]);
    expect(withJourneyName(single, 1, 'search')).toMatchObject({
      load: single.load,
      journeys: [{}, { name: 'search' }, {}],
    });
  });

  it('do not lose a journey to another that has its name while it is typed', () => {
    // From "find" by way of "look" to "looking".
    const typed = withJourneyName(withJourneyName(several, 1, 'look'), 1, 'looking');
    expect(shareOf(typed)[0]).toEqual(['browse', ['look', 'find']]);
    expect(problemsOf(typed)).toEqual(['load.scenarios.0.journeys', 'load.scenarios']);
  });
});
