import { wireUrl } from '../../../shared/http/wireUrl';
import type { ExportFormat, RunFormat, ScenarioFormat } from '../../../shared/interchange/formats';
import type { RunDocument } from '../../../shared/run/document';
import type { Scenario } from '../../../shared/scenario/schema';
import { hasOwnRequests } from '../../../shared/scenario/steps';
import { printable, printableJson } from '../../../shared/text/printable';
import type { SecondOfOperation } from '../../history/responseBlocks';
import { toArtillery } from './artilleryScript';
import { toCsv } from './csv';
import type { ExportedScenario } from './exportedScenario';
import { toHlog } from './hlog';
import { toHtml } from './html';
import { toJunit } from './junit';
import { toK6 } from './k6Script';
import { toMarkdown } from './markdown';
import { toPrometheus } from './prometheus';
import { toText } from './text';

/** The usual file name extension of each format. */
export const fileEndings: Record<ExportFormat, string> = {
  json: 'json',
  csv: 'csv',
  hlog: 'hlog',
  junit: 'xml',
  html: 'html',
  markdown: 'md',
  text: 'txt',
  prometheus: 'prom',
  k6: 'js',
  artillery: 'yml',
};

/** The data of a run that an export can use. */
export interface RunSource {
  document: RunDocument;
  /** The raw response times of each second and operation. */
  histograms(): SecondOfOperation[];
}

/** Returns a run document or a result as the text of a file. Characters that terminals act on are escaped. */
export function jsonFile(value: unknown): string {
  return `${printableJson(JSON.stringify(value, null, 2))}\n`;
}

/** Returns a run as the text of a file, without characters that terminals act on. */
export function exportRun(source: RunSource, format: RunFormat): string {
  return format === 'json' ? jsonFile(source.document) : printable(textOf(source, format));
}

function textOf({ document, histograms }: RunSource, format: Exclude<RunFormat, 'json'>): string {
  switch (format) {
    case 'csv':
      return toCsv(document);
    case 'hlog':
      return toHlog(document, histograms());
    case 'junit':
      return toJunit(document);
    case 'html':
      return toHtml(document);
    case 'markdown':
      return toMarkdown(document);
    case 'text':
      return toText(document);
    case 'prometheus':
      return toPrometheus(document, histograms());
  }
}

/** Returns the URL that a run loaded, for {@link exportScenario}; undefined for the built-in service. */
export function loadedUrl({ scenario, target }: Pick<RunDocument, 'scenario' | 'target'>): string | undefined {
  if (target.kind !== 'url') return undefined;
  // The path of the URL does not say where a document service would be.
  return hasOwnRequests(scenario) ? target.url : wireUrl(target.url).origin;
}

/**
 * Returns a scenario as a script for another tool. It loads `target`, or the built-in service without it. Throws
 * `usage`.
 */
export function exportScenario(scenario: Scenario, format: ScenarioFormat, target?: string): ExportedScenario {
  return format === 'k6' ? toK6(scenario, target) : toArtillery(scenario, target);
}
