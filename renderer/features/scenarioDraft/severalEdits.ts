import type { ScenarioDraft } from '../../../shared/scenario/draft';
import { executors, loadOf } from '../../../shared/scenario/executorFields';
import { freeKey } from './checkForm';
import { isRecord, type Raw, recordsOf, withKey } from './draftValues';

/* Edits of a draft whose load may consist of several scenarios (docs/adr/040). The draft can be invalid. */

const severalExecutor = 'scenarios';

/** Whether the load of a draft consists of several scenarios. */
export function hasSeveral({ load }: ScenarioDraft): boolean {
  return isRecord(load) && load.executor === severalExecutor;
}

/** The scenarios of a draft; empty when it has one load. */
export function scenariosOf(draft: ScenarioDraft): readonly Raw[] {
  return hasSeveral(draft) && isRecord(draft.load) ? recordsOf(draft.load.scenarios) : [];
}

/** The names of the journeys of a draft, each once. */
export function journeyNamesOf(draft: ScenarioDraft): readonly string[] {
  const names = recordsOf(draft.journeys).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  return [...new Set(names)];
}

/** The names of the journeys of one of several scenarios. */
export function journeysIn({ journeys }: Raw): readonly string[] {
  return Array.isArray(journeys) ? journeys.flatMap((name: unknown) => (typeof name === 'string' ? [name] : [])) : [];
}

function withScenarios(draft: ScenarioDraft, scenarios: readonly Raw[]): ScenarioDraft {
  return { ...draft, load: { executor: severalExecutor, scenarios } };
}

function newScenario(others: readonly Raw[], journeys: readonly string[], load: Raw): Raw {
  const name = freeKey('scenario', (taken) => others.some((other) => other.name === taken));
  return { name, journeys, ...load };
}

const firstLoad = (): Raw => loadOf('constant-vus', {});

/** One of several scenarios with another executor. Options with the same name keep their values. */
export function withExecutor(scenario: Raw, executor: string): Raw {
  const { name, startTime, journeys } = scenario;
  return { name, journeys, ...(startTime === undefined ? {} : { startTime }), ...loadOf(executor, scenario) };
}

/** The journeys that none of the scenarios has. */
function freeJourneys(draft: ScenarioDraft): string[] {
  const used = scenariosOf(draft).flatMap(journeysIn);
  return journeyNamesOf(draft).filter((name) => !used.includes(name));
}

/** The draft with another scenario. It has the journeys that no other has. */
export function withNewScenario(draft: ScenarioDraft): ScenarioDraft {
  const scenarios = scenariosOf(draft);
  return withScenarios(draft, [...scenarios, newScenario(scenarios, freeJourneys(draft), firstLoad())]);
}

/**
 * The draft with its load as the first of several scenarios. If there are two journeys or more, a second scenario has
 * the last one.
 */
export function withSeveral(draft: ScenarioDraft): ScenarioDraft {
  if (hasSeveral(draft)) return draft;
  const { load } = draft;
  const isPlain =
    isRecord(load) && Object.hasOwn(executors, String(load.executor)) && load.executor !== 'capacity-search';
  const names = journeyNamesOf(draft);
  const own = names.length > 1 ? names.slice(0, -1) : names;
  const first = withScenarios(draft, [newScenario([], own, isPlain ? load : firstLoad())]);
  return names.length > 1 ? withNewScenario(first) : first;
}

/** The draft with one load for all journeys, which is that of the first scenario. Thresholds of scenarios are left out. */
export function withOneLoad(draft: ScenarioDraft): ScenarioDraft {
  if (!hasSeveral(draft)) return draft;
  const { name: _name, startTime: _startTime, journeys: _journeys, ...load } = scenariosOf(draft)[0] ?? firstLoad();
  const thresholds = isRecord(draft.thresholds)
    ? Object.fromEntries(Object.entries(draft.thresholds).filter(([metric]) => !metric.includes('{scenario:')))
    : draft.thresholds;
  return { ...draft, load, ...(thresholds === undefined ? {} : { thresholds }) };
}

/** The draft without one of its scenarios. The first of the others takes over its journeys. */
export function withoutScenario(draft: ScenarioDraft, place: number): ScenarioDraft {
  const scenarios = scenariosOf(draft);
  const [first, ...others] = scenarios.toSpliced(place, 1);
  if (!first) return draft;
  const journeys = [...journeysIn(first), ...journeysIn(scenarios[place] ?? {})];
  return withScenarios(draft, [{ ...first, journeys }, ...others]);
}

/** The draft with a journey in the scenario at `place` and in no other; in none without `place`. */
export function withJourneyIn(draft: ScenarioDraft, journey: string, place: number | undefined): ScenarioDraft {
  const order = journeyNamesOf(draft);
  const scenarios = scenariosOf(draft).map((scenario, index) => {
    const before = journeysIn(scenario);
    const others = before.filter((name) => name !== journey);
    if (index !== place) return others.length === before.length ? scenario : { ...scenario, journeys: others };
    const journeys = [...others, journey].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    return { ...scenario, journeys };
  });
  return withScenarios(draft, scenarios);
}

/**
 * The draft with another name for a journey, by which its scenario refers to it too. Where two journeys have one of the
 * names, it is not known which of them the scenario refers to, and nothing else changes.
 */
export function withJourneyName(draft: ScenarioDraft, place: number, name: string): ScenarioDraft {
  const journeys = recordsOf(draft.journeys);
  const before = journeys[place]?.name;
  const renamed = {
    ...draft,
    journeys: journeys.map((journey, index) => (index === place ? withKey(journey, 'name', name) : journey)),
  };
  const isOfOthers = (other: unknown): boolean =>
    journeys.some((journey, index) => index !== place && journey.name === other);
  if (!hasSeveral(draft) || isOfOthers(before) || isOfOthers(name)) return renamed;
  return withScenarios(
    renamed,
    scenariosOf(draft).map((scenario) =>
      journeysIn(scenario).some((own) => own === before)
        ? { ...scenario, journeys: journeysIn(scenario).map((own) => (own === before ? name : own)) }
        : scenario,
    ),
  );
}
