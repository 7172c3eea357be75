import type { RunSectionKey } from '../../../shared/report/runReport';

/** The sections of a run on the screen, in their order. */
export const runPlaces = [
  'Summary',
  'Timeline',
  'Where time went',
  'Operations',
  'Slowest requests',
  'Errors',
  'Service',
  'Trust',
  'Log',
] as const;
export type RunPlace = (typeof runPlaces)[number];

/**
 * Where a section of the report stands. `elsewhere` has a picture of its own on the screen (the verdict card, tiles,
 * waterfall, flame graph, capacity curve, list of moments, slowest
 * requests, log) or is the business of exports; one that is not named stands in the summary.
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
  journeys: 'Operations',
  stepChecks: 'Operations',
  stages: 'Operations',
  phases: 'Operations',
  failures: 'Errors',
  memory: 'Service',
  checks: 'Trust',
};

/** Where a section of the report stands on the screen. */
export function placeOf(key: RunSectionKey): RunPlace | 'elsewhere' {
  return places[key] ?? 'Summary';
}
