import type { RunSectionKey } from '../../../shared/report/runReport';

/** The sections of a run on the screen, in order. */
export const runPlaces = [
  'Summary',
  'Timeline',
  'Where the time went',
  'Operations',
  'Slowest requests',
  'Errors',
  'Service',
  'Trust',
  'Log',
] as const;
export type RunPlace = (typeof runPlaces)[number];

/**
 * The place of each report section. `elsewhere` sections have their own view on the screen (the verdict card, tiles,
 * waterfall, flame graph, capacity curve, list of moments, slowest requests, log) or appear only in exports. A section
 * that is not listed belongs to the summary.
 */
const places: Partial<Record<RunSectionKey, RunPlace | 'elsewhere'>> = {
  thresholds: 'elsewhere',
  figures: 'elsewhere',
  timeSpent: 'elsewhere',
  capacity: 'elsewhere',
  profile: 'elsewhere',
  run: 'elsewhere',
  setup: 'elsewhere',
  log: 'elsewhere',
  moments: 'elsewhere',
  slowest: 'elsewhere',
  operations: 'Operations',
  scenarios: 'Operations',
  journeys: 'Operations',
  stepChecks: 'Operations',
  stages: 'Operations',
  phases: 'Operations',
  failures: 'Errors',
  memory: 'Service',
  checks: 'Trust',
};

/** The place of a report section on the screen. */
export function placeOf(key: RunSectionKey): RunPlace | 'elsewhere' {
  return places[key] ?? 'Summary';
}
