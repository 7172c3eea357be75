import type { DataUse } from '../../run/dataUse';
import type { RunDocument } from '../../run/document';
import { formatNumber } from '../../units/format';
import { type Section, sectionOf } from '../blocks';

/** What became of the rows of a file where something is to be said of it; empty where each iteration just had one. */
export function describeDataUse({ exhausted, wraps, changed, mode }: DataUse): string {
  const said = [
    ...(exhausted === 'stop' ? ['no row was left: the load stopped'] : []),
    ...(exhausted === 'fail' ? ['no row was left: the run failed'] : []),
    ...(mode === 'once' && wraps > 0 ? ['no row was left: rows were used again from the first'] : []),
    ...(changed ? ['the file changed during the run'] : []),
  ];
  return said.join('; ');
}

/** What iterations had of each data file; nothing of a run without any. */
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
