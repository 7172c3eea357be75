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

/** How the file of a format usually ends. */
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

/** What is known of a run. */
export interface RunSource {
  document: RunDocument;
  /** The raw response times of each second and operation. */
  histograms(): SecondOfOperation[];
}

/** A run document or a result as the text of a file; what terminals obey is escaped. */
export function jsonFile(value: unknown): string {
  return `${printableJson(JSON.stringify(value, null, 2))}\n`;
}

/** A run as the text of a file, in which terminals find nothing to obey. */
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

/** The URL that a run has loaded, for {@link exportScenario}; undefined where that was the built-in service. */
export function loadedUrl({ scenario, target }: Pick<RunDocument, 'scenario' | 'target'>): string | undefined {
  if (target.kind !== 'url') return undefined;
  // A path of its own says nothing of where a document service would be.
  return hasOwnRequests(scenario) ? target.url : wireUrl(target.url).origin;
}

/** A scenario for another tool. `target` is the URL to load; the built-in service without it. Throws `usage`. */
export function exportScenario(scenario: Scenario, format: ScenarioFormat, target?: string): ExportedScenario {
  return format === 'k6' ? toK6(scenario, target) : toArtillery(scenario, target);
}
