import { z } from 'zod';
import { isRequestStep, type Journey } from './journeys';
import { oneLine, placeholderName, textsOf } from './requests';
import { dataReferencesIn } from './template';

/** How the rows of a data file are given to iterations. */
export const dataModes = ['in-turn', 'random', 'once'] as const;

/** What becomes of the load when each row of a file with the mode `once` was used. */
export const exhaustedActions = ['stop', 'wrap', 'fail'] as const;

const dataFormats = ['csv', 'json', 'ndjson'] as const;
export type DataFormat = (typeof dataFormats)[number];

/** A file of rows beside the scenario file; journeys have its columns as `{{users.name}}`. */
const dataFileSchema = z
  .strictObject({
    /** What placeholders call it. */
    name: placeholderName.refine((name) => name !== 'secret' && name !== 'env', 'stands for something else already'),
    /** Its path, relative to the scenario file and within the folder of that. */
    file: oneLine.min(1).max(1_000),
    /** Left out, the ending of the file tells: `.csv`, `.json`, or `.ndjson` and `.jsonl`. */
    format: z.enum(dataFormats).optional(),
    /** What stands between the cells of CSV; left out, the first line tells. */
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    /** `in-turn`: one row after the other, and again from the first; `random`: by the seed; `once`: each row one time. */
    mode: z.enum(dataModes).default('in-turn'),
    /** Of `once`, when no row is left: the load stops, begins again at the first row, or fails. */
    whenExhausted: z.enum(exhaustedActions).optional(),
  })
  .refine(({ mode, whenExhausted }) => mode === 'once' || whenExhausted === undefined, {
    message: 'goes with the mode "once": rows run out in no other',
    path: ['whenExhausted'],
  })
  .refine((file) => formatOf(file) !== undefined, {
    message: 'is needed where the file ends neither in .csv, .json, .ndjson nor .jsonl',
    path: ['format'],
  });
export type DataFile = z.infer<typeof dataFileSchema>;

export const dataFilesSchema = z.array(dataFileSchema).min(1).max(20);

const endings: readonly (readonly [RegExp, DataFormat])[] = [
  [/\.csv$/i, 'csv'],
  [/\.json$/i, 'json'],
  [/\.(?:ndjson|jsonl)$/i, 'ndjson'],
];

/** The format of a data file; undefined where neither it nor its ending says one. */
export function formatOf({ file, format }: { file: string; format?: DataFormat | undefined }): DataFormat | undefined {
  return format ?? endings.find(([ending]) => ending.test(file))?.[1];
}

/** The columns that a journey uses, by the name of the data file. */
export function dataColumnsOf({ steps }: Pick<Journey, 'steps'>, names: ReadonlySet<string>): Map<string, Set<string>> {
  const columns = new Map<string, Set<string>>();
  for (const { file, column } of steps.filter(isRequestStep).flatMap(textsOf).flatMap(dataReferencesIn))
    if (names.has(file)) columns.set(file, (columns.get(file) ?? new Set()).add(column));
  return columns;
}

/** The same of several journeys. */
export function allDataColumns(
  journeys: readonly Pick<Journey, 'steps'>[],
  names: ReadonlySet<string>,
): Map<string, Set<string>> {
  return dataColumnsOf({ steps: journeys.flatMap(({ steps }) => steps) }, names);
}

/** How a placeholder refers to a column; also what a row of variables calls it. */
export function dataKey(file: string, column: string): string {
  return `${file}.${column}`;
}
