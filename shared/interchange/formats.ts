import { z } from 'zod';

/** What a run is written as. */
export const runFormats = ['json', 'csv', 'hlog', 'junit', 'html', 'markdown', 'text', 'prometheus'] as const;
export type RunFormat = (typeof runFormats)[number];
/** What a scenario is written as, for other tools to run. */
export const scenarioFormats = ['k6', 'artillery'] as const;
export type ScenarioFormat = (typeof scenarioFormats)[number];
export const scenarioFormatSchema = z.enum(scenarioFormats);

export const exportFormats = [...runFormats, ...scenarioFormats] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = (typeof exportFormats)[number];

/** What formats are called where a person chooses one. */
export const formatNames: Record<ExportFormat, string> = {
  html: 'Page (HTML)',
  json: 'Run document (JSON)',
  csv: 'Seconds (CSV)',
  hlog: 'HdrHistogram log',
  junit: 'JUnit XML',
  markdown: 'Markdown',
  text: 'Text',
  prometheus: 'Metrics (Prometheus)',
  k6: 'k6 script',
  artillery: 'Artillery script',
};

/** Whether a format is about a scenario and not about a run. */
export function isScenarioFormat(format: ExportFormat): format is ScenarioFormat {
  return scenarioFormats.some((known) => known === format);
}
