import { ProofloadError } from '../../../shared/errors/appError';

/** An error in a data file. `file` is its name in the scenario, and `line` counts from 1. */
export function dataError(file: string, what: string, hint: string, line?: number): ProofloadError {
  const place = line === undefined ? file : `${file}, line ${line}:`;
  return new ProofloadError('data-invalid', `the data file ${place} ${what}`, hint);
}

/** An error in a row. It does not quote cells, because they may be secrets. */
export function brokenRow(file: string, line: number, what: string): ProofloadError {
  return dataError(file, what, 'correct the row, or take it out of the file', line);
}
