import { secretNamesIn } from '../secrets/reference';
import type { DraftProblem, ScenarioDraft } from './draft';
import { builtInNames, unknownPlaceholders } from './template';

/** A placeholder that a step can use, and the source of its value. */
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

/** A step of a draft, which may be invalid. */
interface LooseStep {
  label: string;
  /** The variables that it extracts. */
  extracts: readonly string[];
  /** All of the step that can contain placeholders. */
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

/**
 * Returns a draft as text without its data, which can be large, and without its variables. Neither contains
 * placeholders.
 */
function textOf({ data: _data, variables: _variables, ...others }: ScenarioDraft): string {
  return JSON.stringify(others);
}

/**
 * Returns the placeholders that each step of a journey can use, with their sources, nearest first. A name that has
 * several sources appears once, with the source that a run uses.
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

/** Returns unused variables: those of the scenario, and extracted ones that no later step sends. */
export function unusedVariables(draft: ScenarioDraft): DraftProblem[] {
  const extracted = listOf(draft.journeys).flatMap((_journey, place) => {
    const used = new Set<string>();
    // Steps are visited from the last to the first, so that all later uses are known at each step.
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
