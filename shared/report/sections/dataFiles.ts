import type { DataUse } from '../../run/dataUse';
import type { RunDocument } from '../../run/document';
import { formatNumber } from '../../units/format';
import { type Section, sectionOf } from '../blocks';

/** Describes remarkable use of the rows of a file; empty when every iteration simply got a row. */
export function describeDataUse({ exhausted, wraps, changed, mode }: DataUse): string {
  const said = [
    ...(exhausted === 'stop' ? ['no row was left: the load stopped'] : []),
    ...(exhausted === 'fail' ? ['no row was left: the run failed'] : []),
    ...(mode === 'once' && wraps > 0 ? ['no row was left: rows were used again from the first'] : []),
    ...(changed ? ['the file changed during the run'] : []),
  ];
  return said.join('; ');
}

/** The use of each data file; empty for a run without any. */
export function dataFileSection({ dataFiles = [] }: RunDocument): Section<'dataFiles'>[] {
  return sectionOf('dataFiles', 'Data files', [
    {
      kind: 'table',
      columns: ['Name', 'File', 'Mode', 'Rows', 'Used', 'What happened'],
      rows: dataFiles.map((use) => ({
        label: use.name,
        cells: [
          use.file,
          use.mode,
          use.rows === null ? 'not read to the end' : formatNumber(use.rows),
          formatNumber(use.used),
          describeDataUse(use),
        ],
      })),
    },
  ]);
}
