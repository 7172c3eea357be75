import { ProofloadError } from '../../../shared/errors/appError';

/** What is wrong with a data file, which is called as the scenario calls it; the line counts from 1. */
export function dataError(file: string, what: string, hint: string, line?: number): ProofloadError {
  const place = line === undefined ? file : `${file}, line ${line}:`;
  return new ProofloadError('data-invalid', `the data file ${place} ${what}`, hint);
}

/** A row that can't be used. Its cells are not quoted: they may be secrets. */
export function brokenRow(file: string, line: number, what: string): ProofloadError {
  return dataError(file, what, 'correct the row, or take it out of the file', line);
}
