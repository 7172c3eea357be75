import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConformanceReport, conformanceReportSchema } from '../../../shared/engines/conformance';
import { systemErrorCode } from '../../../shared/errors/appError';
import { printToStderr } from '../../system/terminal';
import { writeWhole } from '../../system/writeWhole';

function folderIn(dataFolder: string): string {
  return join(dataFolder, 'conformance');
}

/** One report per engine and settings. */
function fileName({ config }: ConformanceReport): string {
  const digest = createHash('sha256').update(JSON.stringify(config.options)).digest('hex').slice(0, 8);
  return `${config.engine}-${digest}.json`;
}

/** Saves the latest report on an engine with its settings. Throws `data-folder-unusable`. */
export function keepReport(dataFolder: string, report: ConformanceReport): void {
  writeWhole(join(folderIn(dataFolder), fileName(report)), JSON.stringify(report), 'the report');
}

/** The latest report on each engine with its settings, newest first. Unreadable reports are left out. */
export function readReports(dataFolder: string): ConformanceReport[] {
  const folder = folderIn(dataFolder);
  return filesIn(folder)
    .flatMap((name) => {
      const file = join(folder, name);
      try {
        return conformanceReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        printToStderr(`proofload: ${file} is unreadable and was skipped\n`);
        return [];
      }
    })
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
