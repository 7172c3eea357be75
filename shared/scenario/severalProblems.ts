import type { Journey } from './journeys';

/** A scenario of a run with several. */
export interface ScenarioOfRun {
  name: string;
  journeys: readonly string[];
  driver?: string;
}

interface Problem {
  path: (string | number)[];
  message: string;
}

/** Returns what is wrong with the journeys of one of several scenarios. */
function journeyProblems(
  { name, journeys: own }: ScenarioOfRun,
  scenarios: readonly ScenarioOfRun[],
  journeys: readonly Journey[],
): string[] {
  const used = scenarios.flatMap((scenario) => scenario.journeys);
  const isEnabled = (journey: string): boolean =>
    journeys.some((known) => known.name === journey && known.disabled !== true);
  return [
    ...own
      .filter((journey) => used.indexOf(journey) !== used.lastIndexOf(journey))
      .map((journey) => `the journey ${journey} is used twice: copy it under a name of its own`),
    ...own
      .filter((journey) => !journeys.some((known) => known.name === journey))
      .map((journey) => `there is no journey ${journey}`),
    // A scenario without any journey is refused by its schema.
    ...(own.length === 0 || own.some(isEnabled)
      ? []
      : [`${name} has no journey that is enabled: add one, or remove the scenario`]),
  ];
}

/**
 * Returns the problems that prevent several scenarios from running in one run, with their paths. `journeys` are those
 * of the scenario file, of which each that is enabled must be in exactly one of them.
 */
export function severalProblems(journeys: readonly Journey[], scenarios: readonly ScenarioOfRun[]): Problem[] {
  if (scenarios.length === 0) return [];
  const problems = scenarios.flatMap((scenario, place): Problem[] => {
    const at = (field: string, message: string): Problem => ({ path: ['load', 'scenarios', place, field], message });
    const isSecond = scenarios.findIndex(({ name }) => name === scenario.name) < place;
    return [
      ...(isSecond ? [at('name', `two scenarios are called ${scenario.name}: rename one of them`)] : []),
      ...journeyProblems(scenario, scenarios, journeys).map((message) => at('journeys', message)),
      ...(scenario.driver === 'autocannon'
        ? [at('driver', 'autocannon sends single requests: use the driver "proofload"')]
        : []),
    ];
  });
  const unused = journeys.filter(
    ({ name, disabled }) => disabled !== true && !scenarios.some((scenario) => scenario.journeys.includes(name)),
  );
  return [
    ...problems,
    ...unused.map(({ name }) => ({
      path: ['load', 'scenarios'],
      message: `no scenario has the journey ${name}: add it to one, or disable it`,
    })),
  ];
}
