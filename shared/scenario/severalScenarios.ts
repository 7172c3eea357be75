/* Several scenarios in one run (docs/adr/040): which of them has which journeys. */

/** The journeys of a scenario of a run. */
interface PartJourneys {
  name: string;
  journeys: readonly string[];
}

/** The part of a scenario that divides its journeys among several scenarios. */
export interface WithSeveral {
  load?: { executor: string; scenarios?: readonly PartJourneys[] } | undefined;
}

/**
 * Returns the journeys that a part of a run consists of; undefined when the part is not about journeys or scenarios.
 */
export function journeysOf(
  { load }: WithSeveral,
  { journey, scenario }: { journey?: string | undefined; scenario?: string | undefined },
): readonly string[] | undefined {
  if (journey !== undefined) return [journey];
  if (scenario === undefined) return undefined;
  return load?.scenarios?.find(({ name }) => name === scenario)?.journeys ?? [];
}

/** Returns the scenario of each journey; empty for a run with one scenario. */
export function scenarioOfJourneys({ load }: WithSeveral): ReadonlyMap<string, string> {
  const parts = load?.scenarios ?? [];
  return new Map(parts.flatMap(({ name, journeys }) => journeys.map((journey) => [journey, name] as const)));
}

/** Returns a load whose journeys have other names, or are left out where `nameOf` returns undefined. */
export function withJourneyNames<Several extends NonNullable<WithSeveral['load']>>(
  load: Several,
  nameOf: (journey: string) => string | undefined,
): Several {
  if (!load.scenarios) return load;
  return {
    ...load,
    scenarios: load.scenarios.map((part) => ({
      ...part,
      journeys: part.journeys.flatMap((journey) => nameOf(journey) ?? []),
    })),
  };
}
