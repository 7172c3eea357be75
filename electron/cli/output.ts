import { writeFileSync } from 'node:fs';
import { type AppError, errorMessage, ProofloadError } from '../../shared/errors/appError';

/** Prints a value as JSON on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints an error and its remedy on standard error. */
export function printError({ message, hint }: AppError): void {
  process.stderr.write(`proofload: ${message}\nwhat to do: ${hint}\n`);
}

/** Prints rows in columns as wide as their widest cell. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...rows]) {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}

/** Finds out before the work, and not after it, whether its result can be written. Throws `output-unwritable`. */
export function checkWritable(path: string | undefined): void {
  if (path === undefined) return;
  try {
    writeFileSync(path, '', { flag: 'a' });
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
  writeText(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes a file. Throws `output-unwritable`. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new ProofloadError(
      'output-unwritable',
      `${path} cannot be written: ${errorMessage(error)}`,
      'the runs are in the history all the same; free space and use history show --json',
    );
  }
}
