import type { RunSummary } from '../run/summary';

/*
 * What the board of the Overview has beside the engines: the user's own services and scenarios, from the runs that were
 * made here. All functions take the newest run first.
 */

/** The runs of this history that have ended. */
function ownEnded(runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter(({ verdict, origin }) => verdict !== null && origin === null);
}

/** The first run of each target, in their order. */
function firstByTarget(runs: readonly RunSummary[]): RunSummary[] {
  const first = new Map<string, RunSummary>();
  for (const run of runs) if (!first.has(run.target)) first.set(run.target, run);
  return [...first.values()];
}

/** The services by URL on which a level was run, the latest first; at most `most`. */
export function ownServices(
  runs: readonly RunSummary[],
  levels: readonly { id: string }[],
  most = 8,
): readonly string[] {
  const isLevel = new Set(levels.map(({ id }) => id));
  const ofUrls = ownEnded(runs).filter(({ scenarioId, target }) => isLevel.has(scenarioId) && /^https?:/.test(target));
  return firstByTarget(ofUrls)
    .slice(0, most)
    .map(({ target }) => target);
}

/** The last run of a scenario on each of its targets, the latest first; at most `most`. */
export function lastOnEachTarget(runs: readonly RunSummary[], scenarioId: string, most = 6): readonly RunSummary[] {
  return firstByTarget(ownEnded(runs).filter((run) => run.scenarioId === scenarioId)).slice(0, most);
}
