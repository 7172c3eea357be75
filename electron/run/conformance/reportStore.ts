import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConformanceReport, conformanceReportSchema } from '../../../shared/engines/conformance';
import { engineIds } from '../../../shared/engines/engine';
import { errorMessage, ProofloadError, systemErrorCode } from '../../../shared/errors/appError';

function folderIn(dataFolder: string): string {
  return join(dataFolder, 'conformance');
}

/** Keeps the last report of an engine. Throws `data-folder-unusable`. */
export function keepReport(dataFolder: string, report: ConformanceReport): void {
  const file = join(folderIn(dataFolder), `${report.config.engine}.json`);
  try {
    mkdirSync(folderIn(dataFolder), { recursive: true });
    // A report that is half written must not take the place of a whole one.
    writeFileSync(`${file}.new`, JSON.stringify(report));
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new ProofloadError(
      'data-folder-unusable',
      `the report cannot be kept: ${errorMessage(error)}`,
      'free space or correct the permissions of the data folder',
      { cause: error },
    );
  }
}

/** The last report of each engine that has one. One that is unreadable counts as none. */
export function readReports(dataFolder: string): ConformanceReport[] {
  return engineIds.flatMap((engine) => {
    const file = join(folderIn(dataFolder), `${engine}.json`);
    try {
      return conformanceReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') process.stderr.write(`proofload: ${file} is unreadable and left out\n`);
      return [];
    }
  });
}
