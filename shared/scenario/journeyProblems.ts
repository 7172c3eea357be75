import { splitMetric } from '../thresholds/parse';
import type { DataFile } from './dataFiles';
import { describeDataProblems } from './dataProblems';
import { isRequestStep, type Journey, type RequestStep, type Step, type Variables } from './journeys';
import { extractedBy, type Lifecycle } from './lifecycle';
import { commonColumns, type DataRows, requestName, textsOf } from './requests';
import { type ScenarioOfRun, severalProblems } from './severalProblems';
import { checkName, type OwnRequests, withoutDisabled } from './steps';
import { builtInNames, unknownPlaceholders } from './template';

/** The parts of a scenario that journeys must fit. */
interface WithJourneys extends OwnRequests {
  journeys?: readonly Journey[] | undefined;
  variables?: Variables | undefined;
  dataFiles?: readonly DataFile[] | undefined;
  setup?: Lifecycle | undefined;
  teardown?: Lifecycle | undefined;
  noCookiesReset?: boolean | undefined;
  noVUConnectionReuse?: boolean | undefined;
  data: DataRows;
  load: {
    executor: string;
    driver?: string;
    scenarios?: readonly ScenarioOfRun[];
  };
  thresholds: Readonly<Record<string, unknown>>;
}

/** A problem of a scenario, with its path. */
interface Problem {
  path: readonly (string | number)[];
  message: string;
}

/** Options that apply to virtual users, which only journeys have. */
const journeyOptions = [
  'setup',
  'teardown',
  'variables',
  'dataFiles',
  'noCookiesReset',
  'noVUConnectionReuse',
] as const;

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** Returns the placeholders of a step that have no value when it is sent. */
function missingIn(step: RequestStep, known: ReadonlySet<string>): string[] {
  return [...new Set(textsOf(step).flatMap((text) => unknownPlaceholders(text, known)))];
}

/** Steps with their path in a scenario, and the variables that are known before the first step. */
interface PlacedSteps {
  path: readonly (string | number)[];
  steps: readonly Step[];
  known: ReadonlySet<string>;
}

/**
 * Returns all steps of a scenario. Setup and teardown have no data rows. Variables that the setup extracts are known
 * everywhere else.
 */
function placedSteps({ journeys = [], setup, teardown, variables = {}, data }: WithJourneys): PlacedSteps[] {
  const common = new Set([...Object.keys(variables), ...builtInNames]);
  const given = new Set([...common, ...(setup ? extractedBy(setup) : [])]);
  const known = new Set([...given, ...commonColumns(data)]);
  return [
    ...(setup ? [{ path: ['setup'], steps: setup.steps, known: common }] : []),
    ...journeys.map(({ steps }, place) => ({ path: ['journeys', place], steps, known })),
    ...(teardown ? [{ path: ['teardown'], steps: teardown.steps, known: given }] : []),
  ];
}

function stepProblems(placed: readonly PlacedSteps[]): Problem[] {
  return placed.flatMap(({ path: of, steps, known: before }) => {
    const known = new Set(before);
    return steps.flatMap((step, index) => {
      if (!isRequestStep(step) || step.disabled) return [];
      const path = [...of, 'steps', index];
      const name = requestName(step);
      const missing = missingIn(step, known).map((placeholder) => ({
        path,
        message: `${name} needs {{${placeholder}}}, which no earlier step extracts and neither every row of "data" nor "variables" has`,
      }));
      const twice = repeated(step.checks.map(checkName)).map((check) => ({
        path: [...path, 'checks'],
        message: `${name} has two checks that are called ${check}`,
      }));
      for (const variable of Object.keys(step.extract)) known.add(variable);
      return [...missing, ...twice];
    });
  });
}

function reservedProblems(placed: readonly PlacedSteps[], variables: Variables): Problem[] {
  const message = 'is filled in by Proofload itself: choose another name';
  const extracted = placed.flatMap(({ path, steps }) =>
    steps.flatMap((step, index) =>
      isRequestStep(step)
        ? Object.keys(step.extract).map((name) => ({
            name,
            path: [...path, 'steps', index, 'extract', name],
          }))
        : [],
    ),
  );
  const given = Object.keys(variables).map((name) => ({ name, path: ['variables', name] }));
  return [...extracted, ...given].filter(({ name }) => builtInNames.has(name)).map(({ path }) => ({ path, message }));
}

/** Returns problems of thresholds that name a step, journey or check that the scenario does not have. */
function thresholdProblems(scenario: WithJourneys): Problem[] {
  const { journeys, thresholds } = withoutDisabled(scenario);
  const steps = (journeys ?? []).flatMap((journey) => journey.steps.filter(isRequestStep));
  const names = {
    step: steps.map(requestName),
    journey: (journeys ?? []).map(({ name }) => name),
    check: steps.flatMap(({ checks }) => checks.map(checkName)),
    scenario: (scenario.load.scenarios ?? []).map(({ name }) => name),
  };
  return Object.keys(thresholds).flatMap((metric) => {
    const { step, journey, check, scenario: part } = splitMetric(metric) ?? {};
    const asked = [
      ['step', step, names.step],
      ['journey', journey, names.journey],
      ['check', check, names.check],
      ['scenario', part, names.scenario],
    ] as const;
    return asked.flatMap(([kind, name, known]) => {
      if (name === undefined || known.includes(name)) return [];
      // Without journeys only checks and scenarios can be unknown: each request is a journey of one step, under any name.
      if (!journeys && kind !== 'check' && kind !== 'scenario') return [];
      return [
        {
          path: ['thresholds', metric],
          message: `there is no ${kind} ${name}; there are ${known.join(', ') || 'none'}`,
        },
      ];
    });
  });
}

/** Returns the problems that prevent the journeys of a scenario from running, with their paths. */
export function describeJourneyProblems(scenario: WithJourneys): Problem[] {
  const { requests, journeys, variables = {}, load } = scenario;
  if (!journeys) {
    if (load.executor === 'scenarios')
      return [{ path: ['load'], message: 'several scenarios have "journeys": a request is a journey of one step' }];
    const misplaced = journeyOptions
      .filter((option) => scenario[option] !== undefined)
      .map((option) => ({ path: [option], message: 'requires "journeys"' }));
    return [...misplaced, ...thresholdProblems(scenario)];
  }
  const problems: Problem[] = [];
  if (requests)
    problems.push({
      path: ['requests'],
      message: 'a scenario has "requests" or "journeys": a request is a journey of one step',
    });
  if (load.executor === 'capacity-search')
    for (const [index, { mode, whenExhausted }] of (scenario.dataFiles ?? []).entries())
      if (mode === 'once' && whenExhausted !== 'wrap')
        problems.push({
          path: ['dataFiles', index, 'mode'],
          message:
            'a capacity search makes many loads and would use the rows up: use "in-turn", or wrap when exhausted',
        });
  if (load.driver === 'autocannon')
    problems.push({
      path: ['load', 'driver'],
      message: 'autocannon sends single requests: use the driver "proofload"',
    });
  if (journeys.every(({ disabled }) => disabled))
    problems.push({ path: ['journeys'], message: 'all journeys are disabled: enable one' });
  for (const name of repeated(journeys.map((journey) => journey.name)))
    problems.push({ path: ['journeys'], message: `two journeys are called ${name}` });
  const placed = placedSteps(scenario);
  return [
    ...problems,
    ...stepProblems(placed),
    ...reservedProblems(placed, variables),
    ...severalProblems(journeys, load.scenarios ?? []),
    ...describeDataProblems(scenario),
    ...thresholdProblems(scenario),
  ];
}
