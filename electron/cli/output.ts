import { type AppError, errorMessage, ProofloadError } from '../../shared/errors/appError';
import { describeError } from '../../shared/errors/remedy';
import { printableJson, printableLine } from '../../shared/text/printable';
import { writeUserFile } from '../system/privateFiles';
import { print, printToStderr } from '../system/terminal';

/** Prints an error and its remedy on standard error. */
export function printError(error: AppError): void {
  const { message, remedy } = describeError('terminal', error);
  printToStderr(`proofload: ${message}\nwhat to do: ${remedy}\n`);
}

/** Prints rows in columns as wide as their widest cell. Line breaks in a cell are replaced. */
export function printTable(header: readonly string[], cells: readonly (readonly string[])[]): void {
  const rows = cells.map((row) => row.map(printableLine));
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...rows]) {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    print(`${line.trimEnd()}\n`);
  }
}

/** Checks before the work whether its result can be written. Throws `output-unwritable`. */
export function checkWritable(path: string | undefined): void {
  if (path === undefined) return;
  try {
    writeUserFile(path, '', 'a');
  } catch (error) {
    throw new ProofloadError(
      'output-unwritable',
      `${path} cannot be written: ${errorMessage(error)}`,
      'choose another file with --out',
    );
  }
}

/** Writes a result as JSON. Throws `output-unwritable`. */
export function writeJson(path: string, value: unknown): void {
  writeText(path, `${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/** Writes a file. Throws `output-unwritable`. */
export function writeText(path: string, text: string): void {
  write(path, text, 'w');
}

/** Appends to a file to which others may write as well. Throws `output-unwritable`. */
export function appendText(path: string, text: string): void {
  write(path, text, 'a');
}

function write(path: string, text: string, flag: 'w' | 'a'): void {
  try {
    writeUserFile(path, text, flag);
  } catch (error) {
    throw new ProofloadError(
      'output-unwritable',
      `${path} cannot be written: ${errorMessage(error)}`,
      'the runs are in the history; free disk space and use history show --json',
    );
  }
}
