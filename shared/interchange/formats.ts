import { z } from 'zod';

/** The export formats of a run. */
export const runFormats = ['json', 'csv', 'hlog', 'junit', 'html', 'markdown', 'text', 'prometheus'] as const;
export type RunFormat = (typeof runFormats)[number];
/** The export formats of a scenario, for other tools to run. */
export const scenarioFormats = ['k6', 'artillery'] as const;
export type ScenarioFormat = (typeof scenarioFormats)[number];
export const scenarioFormatSchema = z.enum(scenarioFormats);

export const exportFormats = [...runFormats, ...scenarioFormats] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = (typeof exportFormats)[number];

/** The names of formats in the user interface. */
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

/** Whether a format applies to a scenario, not to a run. */
export function isScenarioFormat(format: ExportFormat): format is ScenarioFormat {
  return scenarioFormats.some((known) => known === format);
}
