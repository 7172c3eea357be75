import { describeDataUse } from '../../shared/report/sections/dataFiles';
import type { DataUse } from '../../shared/run/dataUse';
import type { Scenario } from '../../shared/scenario/schema';
import type { NamedRowUse } from '../load/data/journeyData';

/** How the rows of data files were used, in the form of a document. */
export function dataUseOf({ dataFiles = [] }: Pick<Scenario, 'dataFiles'>, uses: readonly NamedRowUse[]): DataUse[] {
  return uses.flatMap(({ name, rows, used, wraps, isExhausted, hasChanged }) => {
    const file = dataFiles.find((known) => known.name === name);
    if (!file) return [];
    const isWrapped = file.mode === 'once' && file.whenExhausted === 'wrap' && wraps > 0;
    const exhausted = isWrapped ? 'wrap' : isExhausted ? (file.whenExhausted ?? 'stop') : null;
    return [{ name, file: file.file, mode: file.mode, rows, used, wraps, exhausted, changed: hasChanged }];
  });
}

/** What the user must know about the rows that a run used, one sentence per file. */
export function dataWarnings(files: readonly DataUse[], uses: readonly NamedRowUse[]): string[] {
  const said = files.flatMap((file) => {
    const what = describeDataUse(file);
    return what === '' ? [] : [`${file.file}: ${what}.`];
  });
  const waited = uses.filter(({ waits }) => waits > 0);
  return [
    ...said,
    ...waited.map(
      ({ name, waits }) =>
        `Rows of ${name} were read more slowly than they were used: iterations waited ${waits} times, and the waits are in their response times.`,
    ),
  ];
}
