import { z } from 'zod';
import { CellReader } from './cellReader';
import type { FileImporter } from './importer';
import { JmeterRuns } from './jmeterRuns';
import type { JmeterSample } from './jmeterSamples';
import { parseJmeterTime } from './jmeterTime';
import { countCell } from './numbers';
import { headerOf, readRuns } from './readRows';
import type { Row } from './rows';

/*
 * The CSV result log (JTL) of JMeter 2 to 5 (CSVSaveService.java), in whole milliseconds: `timeStamp` is the start of a
 * sample, and `elapsed` runs to its last byte and includes connecting. Delimiter, columns and time format can be
 * configured. The first eight columns of a log without a header have been the same since JMeter 2; where it leaves
 * some out, the others keep their order.
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
const allThreads = new CellReader('allThreads', countCell.optional().catch(undefined));

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

const noMessages = 'The file has no responseMessage: rows of transaction controllers, if any, are counted as requests.';

/** Returns the columns of a log without a header; undefined when the file is not such a log. */
function headlessColumns(head: string): { delimiter: string; columns: readonly string[] } | undefined {
  const { names: cells, delimiter } = headerOf(head);
  const [time = '', elapsed = '', third = ''] = cells;
  if (!/^(\d{10,13}|0|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d.*)$/.test(time) || !/^\d+$/.test(elapsed)) return undefined;
  const success = cells.findIndex((cell, index) => index > 2 && /^(true|false)$/i.test(cell));
  if (success < 0) return undefined;
  // A label may contain the delimiter, quoted, so the first line may have more cells than columns.
  if (success >= 7) return { delimiter, columns: usualColumns };
  const label = /^\d{3}$/.test(third) ? [] : ['label'];
  const others = cells.slice(2 + label.length, success).map((_, index) => `another ${index + 1}`);
  return { delimiter, columns: ['timeStamp', 'elapsed', ...label, ...others, 'success'] };
}

function hasNames(head: string): boolean {
  const { names } = headerOf(head);
  // JMeter leaves out the times with timestamp_format=none.
  return names.includes('elapsed') && ['timeStamp', 'threadName', 'responseCode'].some((name) => names.includes(name));
}

const wanted = ['timeStamp', 'elapsed', 'label', 'success', 'responseMessage', 'SampleCount', 'allThreads'] as const;

function sampleOf(row: Row): JmeterSample {
  const succeeded = success.of(row);
  return {
    time: parseJmeterTime(row.timeStamp ?? '0'),
    elapsedMs: elapsed.of(row),
    label: row.label ?? '',
    ok: succeeded === undefined ? undefined : succeeded === 'true',
    message: row.responseMessage ?? '',
    times: sampleCount.of(row),
    threads: allThreads.of(row),
  };
}

export const jmeter: FileImporter = {
  accepts: (head) => hasNames(head) || headlessColumns(head) !== undefined,
  read: async (file) => {
    const headless = hasNames(file.head) ? undefined : headlessColumns(file.head);
    const { delimiter, names } = headerOf(file.head);
    const columns = headless?.columns ?? names;
    const said = headless
      ? ['The first line has no column names: those of JMeter are assumed, in the order in which it writes them.']
      : [];
    if (!columns.includes('responseMessage')) said.push(noMessages);
    const runs = await readRuns(
      file,
      { ...(headless ?? { delimiter }), wanted },
      () => new JmeterRuns(),
      (samples, row) => samples.add(sampleOf(row)),
    );
    return runs.flatMap((samples) => samples.figures(said));
  },
};
