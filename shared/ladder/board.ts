import type { RunSummary } from '../run/summary';

/*
 * What the board of the Overview shows beside the engines: the user's own services and scenarios, from runs of this
 * data folder. All functions expect the newest run first.
 */

/** Returns the runs of this data folder that have ended. */
function ownEnded(runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter(({ verdict, origin }) => verdict !== null && origin === null);
}

/** Returns the first run of each target, in order. */
function firstByTarget(runs: readonly RunSummary[]): RunSummary[] {
  const first = new Map<string, RunSummary>();
  for (const run of runs) if (!first.has(run.target)) first.set(run.target, run);
  return [...first.values()];
}

/** Returns the services by URL on which a level was run, latest first; at most `most`. */
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

/** Returns the last run of a scenario on each of its targets, latest first; at most `most`. */
export function lastOnEachTarget(runs: readonly RunSummary[], scenarioId: string, most = 6): readonly RunSummary[] {
  return firstByTarget(ownEnded(runs).filter((run) => run.scenarioId === scenarioId)).slice(0, most);
}
