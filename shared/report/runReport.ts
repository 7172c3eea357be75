import type { RunDocument } from '../run/document';
import type { Section } from './blocks';
import { capacitySection } from './sections/capacity';
import { checkSection } from './sections/checks';
import { dataFileSection } from './sections/dataFiles';
import { failureSection, figureSection } from './sections/figures';
import { journeySection, scenarioSection, stepCheckSection } from './sections/journeys';
import { operationSection, phaseSection, stageSection } from './sections/latencies';
import { memorySection } from './sections/memory';
import { momentSection } from './sections/moments';
import { profileSection } from './sections/profile';
import { logSection, runSection, setupSection } from './sections/setup';
import { slowestSection } from './sections/slowest';
import { thresholdSection } from './sections/thresholds';
import { timeSpentSection } from './sections/timeSpent';
import { subjectOf, type VerdictText, verdictOf } from './sections/verdict';

/*
 * shared/report contains the content and the wording of reports. Window, terminal and exports only lay it out.
 *
 *   runReport, importedReport, comparisonReport, experimentReport   build the report of a document
 *   blocks      the elements of a report: sections of facts, tables, outcomes, sentences
 *   status      the marks and words of everything that has a status
 *   sections/   one file for each section of a run's report
 *   wording/    single facts as text: a threshold, a check, a capacity, a comparison
 *   charts/     the charts of a run, with their lines, limits and units
 */

/** The sections of a run's report, in their order. */
export const runSectionKeys = [
  'thresholds',
  'figures',
  'failures',
  'timeSpent',
  'moments',
  'capacity',
  'profile',
  'checks',
  'operations',
  'scenarios',
  'journeys',
  'stepChecks',
  'dataFiles',
  'stages',
  'slowest',
  'memory',
  'phases',
  'run',
  'setup',
  'log',
] as const;
export type RunSectionKey = (typeof runSectionKeys)[number];

/**
 * A run as a report: the verdict, then the sections in the order of the terminal and of the exports. The screen has
 * places for them (renderer/features/run/runPlaces.ts), in an order of its own.
 */
export interface RunReport {
  /** The subject of the run: `Smoke on sqlite`. */
  subject: string;
  verdict: VerdictText;
  /** The sections that have content. */
  sections: readonly Section<RunSectionKey>[];
}

/** The report of a run. */
export function runReport(document: RunDocument): RunReport {
  return {
    subject: subjectOf(document),
    verdict: verdictOf(document),
    sections: [
      ...thresholdSection(document),
      ...figureSection(document),
      ...failureSection(document),
      ...timeSpentSection(document.attribution),
      ...momentSection(document),
      ...capacitySection(document.capacity?.steps ?? []),
      ...profileSection(document.profile),
      ...checkSection(document),
      ...operationSection(document),
      ...scenarioSection(document),
      ...journeySection(document),
      ...stepCheckSection(document),
      ...dataFileSection(document),
      ...stageSection(document),
      ...slowestSection(document),
      ...memorySection(document.intervals),
      ...phaseSection(document),
      ...runSection(document),
      ...setupSection(document),
      ...logSection(document),
    ],
  };
}

/** What a surface leaves out. A surface that is not listed, and a section that is added, are complete. */
const leftOut = {
  /** A terminal has shown these during the run, or shows them with `--json`. */
  text: ['setup', 'log'],
  /** A chat or an issue has no room for these. */
  markdown: ['profile', 'stages', 'memory', 'phases', 'setup', 'log'],
} as const satisfies Record<string, readonly RunSectionKey[]>;

/** The report of a run for a surface that leaves out sections. */
export function shortRunReport(document: RunDocument, surface: keyof typeof leftOut): RunReport {
  const report = runReport(document);
  const without: readonly RunSectionKey[] = leftOut[surface];
  return { ...report, sections: report.sections.filter(({ key }) => !without.includes(key)) };
}
