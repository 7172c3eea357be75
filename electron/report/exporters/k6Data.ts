import { type DataFile, formatOf } from '../../../shared/scenario/dataFiles';

/** How k6 uses the data files of a scenario differently. */
export const k6DataDifferences: readonly string[] = [
  'Data files are read when the script begins, and are in memory as a whole: put the script into the folder of the scenario file.',
  'Each iteration takes the row of its number, so an iteration whose journey uses no row skips one.',
];

/**
 * Returns the part of a script that reads data files. Journeys name the columns that they use, such as `users.name`.
 */
export function dataFileScript(
  files: readonly DataFile[],
  source: (value: unknown, indent?: number) => string,
): string {
  const written = files.map((file) => ({
    name: file.name,
    file: `./${file.file}`,
    format: formatOf(file) ?? null,
    delimiter: file.delimiter ?? null,
    mode: file.mode,
    whenExhausted: file.whenExhausted ?? 'stop',
  }));
  return `/** The cells of CSV (RFC 4180), row by row. @param {string} text @param {string | null} given */
function csvCells(text, given) {
  const head = text.split('\\n', 1)[0].replace(/"[^"]*"/g, '');
  const delimiter = given || [',', ';', '\\t', '|'].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a));
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === delimiter || character === '\\n') {
      row.push(cell.replace(/\\r$/, ''));
      cell = '';
      if (character === delimiter) continue;
      if (row.length > 1 || row[0] !== '') rows.push(row);
      row = [];
    } else cell += character;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.replace(/\\r$/, '')]);
  return rows;
}

/** The rows of a data file. @param {any} file @returns {Record<string, any>[]} */
function readRows({ file, format, delimiter }) {
  const text = open(file).replace(/^\\uFEFF/, '');
  if (format === 'json') return JSON.parse(text);
  if (format === 'ndjson') return text.split('\\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
  const [names, ...cells] = csvCells(text, delimiter);
  return cells.map((row) => Object.fromEntries(names.map((name, at) => [name.trim().replace(/[^\\w.-]+/g, '_'), row[at]])));
}

const dataFiles = ${source(written)};
/** @type {Record<string, Record<string, any>[]>} */
const rowsOfFiles = {};
for (const file of dataFiles) rowsOfFiles[file.name] = new SharedArray('data file ' + file.name, () => readRows(file));

/** The values of columns such as users.name. @param {string[]} columns @param {number} iteration */
function dataValues(columns, iteration) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const { name, mode, whenExhausted } of dataFiles) {
    const used = columns.filter((column) => column.startsWith(name + '.'));
    if (used.length === 0) continue;
    const all = rowsOfFiles[name];
    if (mode === 'once' && whenExhausted !== 'wrap' && iteration >= all.length)
      exec.test.abort('the rows of ' + name + ' ran out: each may be used once');
    /** @type {any} */
    const row = all[mode === 'random' ? Math.floor(Math.random() * all.length) : iteration % all.length];
    for (const column of used) {
      const member = column.slice(name.length + 1);
      const value = member in row ? row[member] : member.split('.').reduce((part, key) => (part || {})[key], row);
      values[column] = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : value;
    }
  }
  return values;
}

`;
}
