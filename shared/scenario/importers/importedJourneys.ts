import { formatDuration } from '../../units/duration';
import type { ImportedRequests, ImportedStep } from './importedRequests';

/** The maximum of a scenario. */
const maxSteps = 200;
const maxJourneys = 50;
/** A shorter pause comes from the browser, and a longer one means that the user was away. */
const leastThinkTimeMs = 50;
const mostThinkTimeMs = 60_000;

/** A step of a journey in the form of a draft. */
type DraftStep = Readonly<Record<string, unknown>>;

/** Journeys of imported requests, and notes about what was left out. */
export interface ImportedJourneys {
  journeys: readonly { name: string; steps: readonly DraftStep[] }[];
  notes: readonly string[];
}

/** Whether the order of an import has a meaning, because it has times or folders. */
export function hasOrder({ steps }: Pick<ImportedRequests, 'steps'>): boolean {
  return steps.some(({ atMs, folder }) => atMs !== undefined || (folder !== undefined && folder !== ''));
}

function requestStep(step: ImportedStep, requests: ImportedRequests['requests']): DraftStep {
  const { weight: _weight, expectRedirect, ...request } = requests[step.request] ?? {};
  const { expectedStatuses = [], extract } = step;
  const statuses = expectRedirect ? [...expectedStatuses, { min: 300, max: 399 }] : expectedStatuses;
  return {
    ...request,
    ...(statuses.length > 0 ? { checks: [{ status: statuses.slice(0, 20) }] } : {}),
    ...(extract ? { extract } : {}),
  };
}

/** Returns the steps with the pauses between them: from the last byte of all earlier responses to the next send. */
function withThinkTimes(steps: readonly ImportedStep[], requests: ImportedRequests['requests']) {
  const made: DraftStep[] = [];
  let busyUntilMs: number | undefined;
  let cut = 0;
  for (const step of steps) {
    const { atMs, tookMs = 0 } = step;
    if (atMs !== undefined) {
      const pauseMs = busyUntilMs === undefined ? 0 : Math.round(atMs - busyUntilMs);
      if (pauseMs >= leastThinkTimeMs) made.push({ thinkTime: formatDuration(Math.min(pauseMs, mostThinkTimeMs)) });
      if (pauseMs > mostThinkTimeMs) cut += 1;
      busyUntilMs = Math.max(busyUntilMs ?? 0, atMs + tookMs);
    }
    made.push(requestStep(step, requests));
  }
  return { made, cut };
}

/** Groups the steps by journey, in the order of the file: one journey for each folder, or one for a recording. */
function grouped({ name, steps }: ImportedRequests): Map<string, ImportedStep[]> {
  const groups = new Map<string, ImportedStep[]>();
  for (const step of steps) {
    const label = (step.folder || name).replace(/[{}]/g, '').trim().slice(0, 80) || 'Imported';
    groups.set(label, [...(groups.get(label) ?? []), step]);
  }
  return groups;
}

/**
 * Returns the journeys of an ordered import: one of a recording, with its pauses as think times, or one for each folder
 * of a collection.
 */
export function importedJourneys(imported: ImportedRequests): ImportedJourneys {
  const notes: string[] = [];
  const all = [...grouped(imported)];
  if (all.length > maxJourneys) notes.push(`Only the first ${maxJourneys} of ${all.length} folders became journeys.`);
  const journeys = all.slice(0, maxJourneys).map(([name, steps]) => {
    const { made, cut } = withThinkTimes(steps, imported.requests);
    if (cut > 0)
      notes.push(`${cut === 1 ? 'A pause' : `${cut} pauses`} of more than a minute became a think time of a minute.`);
    const kept = made.slice(0, maxSteps);
    if (made.length > maxSteps)
      notes.push(`${name} has its first ${maxSteps} steps: ${made.length - maxSteps} more were left out.`);
    return { name, steps: 'thinkTime' in (kept.at(-1) ?? {}) ? kept.slice(0, -1) : kept };
  });
  return { journeys, notes };
}
