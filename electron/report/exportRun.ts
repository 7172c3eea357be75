import type { RunDocument } from '../../shared/run/document';
import { toCsv } from './csv';
import { type SecondHistogram, toHlog } from './hlog';
import { toJunit } from './junit';

/** What a run is written as. */
export const exportFormats = ['json', 'csv', 'hlog', 'junit'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What is known of a run. */
export interface RunSource {
  document: RunDocument;
  /** The raw response times of each second and operation. */
  histograms(): SecondHistogram[];
}

/** A run as the text of a file. */
export function exportRun({ document, histograms }: RunSource, format: ExportFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(document, null, 2)}\n`;
    case 'csv':
      return toCsv(document);
    case 'hlog':
      return toHlog(document, histograms());
    case 'junit':
      return toJunit(document);
  }
}
