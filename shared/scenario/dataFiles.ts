import { z } from 'zod';
import { isRequestStep, type Journey } from './journeys';
import { oneLine, placeholderName, textsOf } from './requests';
import { dataReferencesIn } from './template';

/** How the rows of a data file are assigned to iterations. */
export const dataModes = ['in-turn', 'random', 'once'] as const;

/** What happens to the load when every row of a file with the mode `once` has been used. */
export const exhaustedActions = ['stop', 'wrap', 'fail'] as const;

const dataFormats = ['csv', 'json', 'ndjson'] as const;
export type DataFormat = (typeof dataFormats)[number];

/** A file of rows beside the scenario file. Journeys refer to its columns as `{{users.name}}`. */
const dataFileSchema = z
  .strictObject({
    /** The name that placeholders use. */
    name: placeholderName.refine((name) => name !== 'secret' && name !== 'env', 'is reserved: choose another name'),
    /** The path, relative to the scenario file and within its folder. */
    file: oneLine.min(1).max(1_000),
    /** When omitted, the file extension decides: `.csv`, `.json`, or `.ndjson` and `.jsonl`. */
    format: z.enum(dataFormats).optional(),
    /** The separator between CSV cells. When omitted, it is detected from the first line. */
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    /** `in-turn`: rows in order, starting over after the last; `random`: drawn with the seed; `once`: each row once. */
    mode: z.enum(dataModes).default('in-turn'),
    /** For `once`: when no row is left, the load stops, starts over at the first row, or fails. */
    whenExhausted: z.enum(exhaustedActions).optional(),
  })
  .refine(({ mode, whenExhausted }) => mode === 'once' || whenExhausted === undefined, {
    message: 'requires the mode "once": rows run out in no other',
    path: ['whenExhausted'],
  })
  .refine((file) => formatOf(file) !== undefined, {
    message: 'is required unless the name of the file ends in .csv, .json, .ndjson or .jsonl',
    path: ['format'],
  });
export type DataFile = z.infer<typeof dataFileSchema>;

export const dataFilesSchema = z.array(dataFileSchema).min(1).max(20);

const endings: readonly (readonly [RegExp, DataFormat])[] = [
  [/\.csv$/i, 'csv'],
  [/\.json$/i, 'json'],
  [/\.(?:ndjson|jsonl)$/i, 'ndjson'],
];

/** Returns the format of a data file; undefined when neither the file entry nor the extension states one. */
export function formatOf({ file, format }: { file: string; format?: DataFormat | undefined }): DataFormat | undefined {
  return format ?? endings.find(([ending]) => ending.test(file))?.[1];
}

/** Returns the columns that a journey uses, by the name of the data file. */
export function dataColumnsOf({ steps }: Pick<Journey, 'steps'>, names: ReadonlySet<string>): Map<string, Set<string>> {
  const columns = new Map<string, Set<string>>();
  for (const { file, column } of steps.filter(isRequestStep).flatMap(textsOf).flatMap(dataReferencesIn))
    if (names.has(file)) columns.set(file, (columns.get(file) ?? new Set()).add(column));
  return columns;
}

/** Like {@link dataColumnsOf}, for several journeys. */
export function allDataColumns(
  journeys: readonly Pick<Journey, 'steps'>[],
  names: ReadonlySet<string>,
): Map<string, Set<string>> {
  return dataColumnsOf({ steps: journeys.flatMap(({ steps }) => steps) }, names);
}

/** Returns how a placeholder refers to a column. A row of variables uses the same name. */
export function dataKey(file: string, column: string): string {
  return `${file}.${column}`;
}
