import { z } from 'zod';
import { CellReader } from './cellReader';
import type { FileImporter } from './importer';
import { type JmeterSample, JmeterSamples } from './jmeterSamples';
import { parseJmeterTime } from './jmeterTime';
import { countCell } from './numbers';
import { headerOf, readRuns } from './readRows';
import type { Row } from './rows';

/*
 * The CSV result log (JTL) of JMeter 2 to 5 (CSVSaveService.java), in whole milliseconds: `timeStamp` is the start of a
 * sample, and `elapsed` runs to its last byte and includes connecting. Delimiter, columns and time format can be
 * configured. The first eight columns of a log without a header have been the same since JMeter 2.
 */

const elapsed = new CellReader('elapsed', countCell);
const success = new CellReader(
  'success',
  z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.enum(['true', 'false']))
    .optional(),
);
const sampleCount = new CellReader('SampleCount', countCell.default(1));
const timeStamp = z.object({ timeStamp: z.string() });

const usualColumns = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'dataType',
  'success',
] as const;

const noMessages =
  'The file has no responseMessage: rows of transaction controllers, if there are any, are counted as requests.';

/** Returns the delimiter of a log without a header; undefined when the file is not such a log. */
function headlessDelimiter(head: string): string | undefined {
  const { names: cells, delimiter } = headerOf(head);
  const [time = '', elapsed = ''] = cells;
  const isLog =
    /^(\d{10,13}|0|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d.*)$/.test(time) &&
    /^\d+$/.test(elapsed) &&
    // A label may contain the delimiter, quoted, so the first line may have more cells than columns.
    cells.slice(7).some((cell) => /^(true|false)$/i.test(cell));
  return isLog ? delimiter : undefined;
}

function hasNames(head: string): boolean {
  const { names } = headerOf(head);
  return ['timeStamp', 'elapsed'].every((name) => names.includes(name));
}

const wanted = ['timeStamp', 'elapsed', 'label', 'success', 'responseMessage', 'SampleCount'] as const;

function sampleOf(row: Row): JmeterSample {
  const succeeded = success.of(row);
  return {
    time: parseJmeterTime(row.timeStamp ?? timeStamp.parse(row).timeStamp),
    elapsedMs: elapsed.of(row),
    label: row.label ?? '',
    ok: succeeded === undefined ? undefined : succeeded === 'true',
    message: row.responseMessage ?? '',
    times: sampleCount.of(row),
  };
}

export const jmeter: FileImporter = {
  accepts: (head) => hasNames(head) || headlessDelimiter(head) !== undefined,
  read: async (file) => {
    const named = hasNames(file.head);
    const { delimiter, names } = headerOf(file.head);
    const said = named
      ? names.includes('responseMessage')
        ? []
        : [noMessages]
      : ['The first line has no names of columns: they are taken for those that JMeter writes by default.'];
    const runs = await readRuns(
      file,
      named ? { delimiter, wanted } : { delimiter, columns: usualColumns, wanted },
      () => new JmeterSamples(),
      (samples, row) => samples.add(sampleOf(row)),
    );
    return runs.map((samples) => samples.figures(said));
  },
};
