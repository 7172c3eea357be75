import { secretNamesIn } from '../secrets/reference';
import type { DraftProblem, ScenarioDraft } from './draft';
import { builtInNames, unknownPlaceholders } from './template';

/** A placeholder that a step can have, and where its value comes from. */
export interface OfferedVariable {
  name: string;
  from: string;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A step of a draft, which may be wrong. */
interface LooseStep {
  label: string;
  /** The variables that it fills. */
  extracts: readonly string[];
  /** All in which a placeholder may stand. */
  text: string;
}

function looseStep(value: unknown, place: number): LooseStep {
  const { extract, name, disabled, ...others } = recordOf(value);
  const label = typeof name === 'string' && name !== '' ? name : `step ${place + 1}`;
  if (disabled === true) return { label, extracts: [], text: '' };
  return { label, extracts: Object.keys(recordOf(extract)), text: JSON.stringify(others) };
}

function stepsOf(draft: ScenarioDraft, journey: number): readonly LooseStep[] {
  return listOf(recordOf(listOf(draft.journeys)[journey]).steps).map(looseStep);
}

/** All of a draft but its data, of which there may be a lot, and in which nothing is filled in. */
function textOf({ data: _data, variables: _variables, ...others }: ScenarioDraft): string {
  return JSON.stringify(others);
}

/**
 * What the placeholders of each step of a journey can be called, with the step that makes each, those that are nearest
 * first. A name stands for the first of its places that a run looks in.
 */
export function variablesOf(draft: ScenarioDraft, journey: number): OfferedVariable[][] {
  const common = [
    ...Object.keys(recordOf(listOf(draft.data)[0])).map((name) => ({ name, from: 'column of the data' })),
    ...Object.keys(recordOf(draft.variables)).map((name) => ({ name, from: 'variable of the scenario' })),
    ...[...builtInNames].map((name) => ({ name, from: 'built in' })),
    ...secretNamesIn(textOf(draft)).map((name) => ({ name: `secret.${name}`, from: 'secret' })),
  ];
  let earlier: OfferedVariable[] = [];
  return stepsOf(draft, journey).map(({ label, extracts }) => {
    const offered = [...earlier, ...common];
    earlier = [...extracts.map((name) => ({ name, from: `extracted by ${label}` })), ...earlier];
    return offered.filter(({ name }, place) => offered.findIndex((other) => other.name === name) === place);
  });
}

function placeholdersIn(text: string): string[] {
  return unknownPlaceholders(text, new Set());
}

/** Variables that nothing uses: what a step extracts and no later one sends, and those of the scenario. */
export function unusedVariables(draft: ScenarioDraft): DraftProblem[] {
  const extracted = listOf(draft.journeys).flatMap((_journey, place) => {
    const used = new Set<string>();
    // From the last step on: what is used behind a step is known when it is looked at.
    return stepsOf(draft, place)
      .map(({ extracts, text }, index) => ({ extracts, text, index }))
      .reverse()
      .flatMap(({ extracts, text, index }) => {
        const unused = extracts.filter((name) => !used.has(name));
        for (const name of placeholdersIn(text)) used.add(name);
        return unused.map((name) => ({
          path: `journeys.${place}.steps.${index}.extract.${name}`,
          message: `${name} is not used by a later step`,
        }));
      });
  });
  const used = new Set(placeholdersIn(textOf(draft)));
  const given = Object.keys(recordOf(draft.variables))
    .filter((name) => !used.has(name))
    .map((name) => ({ path: `variables.${name}`, message: `${name} is not used by a step` }));
  return [...extracted, ...given];
}
