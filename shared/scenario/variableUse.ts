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
  const { extract, name, ...others } = recordOf(value);
  const label = typeof name === 'string' && name !== '' ? name : `step ${place + 1}`;
  return { label, extracts: Object.keys(recordOf(extract)), text: JSON.stringify(others) };
}

function stepsOf(draft: ScenarioDraft, journey: number): readonly LooseStep[] {
  return listOf(recordOf(listOf(draft.journeys)[journey]).steps).map(looseStep);
}

/**
 * What the placeholders of a step can be called, with the step that makes each, those that are nearest first. A name
 * stands for the first of its places that a run looks in.
 */
export function variablesFor(draft: ScenarioDraft, journey: number, step: number): OfferedVariable[] {
  const earlier = stepsOf(draft, journey)
    .slice(0, step)
    .reverse()
    .flatMap(({ label, extracts }) => extracts.map((name) => ({ name, from: `extracted by ${label}` })));
  const offered = [
    ...earlier,
    ...Object.keys(recordOf(listOf(draft.data)[0])).map((name) => ({ name, from: 'column of the data' })),
    ...Object.keys(recordOf(draft.variables)).map((name) => ({ name, from: 'variable of the scenario' })),
    ...[...builtInNames].map((name) => ({ name, from: 'built in' })),
    ...secretNamesIn(JSON.stringify(draft)).map((name) => ({ name: `secret.${name}`, from: 'secret' })),
  ];
  return offered.filter(({ name }, place) => offered.findIndex((other) => other.name === name) === place);
}

function uses(text: string, name: string): boolean {
  return unknownPlaceholders(text, new Set()).includes(name);
}

/** Variables that nothing uses: what a step extracts and no later one sends, and those of the scenario. */
export function unusedVariables(draft: ScenarioDraft): DraftProblem[] {
  const extracted = listOf(draft.journeys).flatMap((_journey, place) => {
    const steps = stepsOf(draft, place);
    return steps.flatMap(({ extracts }, index) =>
      extracts
        .filter((name) => !steps.slice(index + 1).some(({ text }) => uses(text, name)))
        .map((name) => ({
          path: `journeys.${place}.steps.${index}.extract.${name}`,
          message: `${name} is not used by a later step`,
        })),
    );
  });
  const { variables, ...others } = draft;
  const text = JSON.stringify(others);
  const given = Object.keys(recordOf(variables))
    .filter((name) => !uses(text, name))
    .map((name) => ({ path: `variables.${name}`, message: `${name} is not used by a step` }));
  return [...extracted, ...given];
}
