import type { Attribution, PartBand, PartBands } from '../../attribution/attribution';
import { partLabel, partRank } from '../../attribution/parts';
import { formatLatency } from '../../units/format';
import { type Block, type Section, sectionOf, type TableRow } from '../blocks';

/** The bands of response times in reports, with their names. */
export const shownBands = [
  ['median', 'Median'],
  ['slowest_5', 'Slowest 5 %'],
  ['slowest_1', 'Slowest 1 %'],
] as const satisfies readonly (readonly [keyof PartBands, string])[];

/** Returns the parts of bands in the order of a request. */
export function partsOf(bands: readonly (PartBand | null)[]): string[] {
  const parts = new Set(bands.flatMap((band) => Object.keys(band?.parts ?? {})));
  return [...parts].sort((a, b) => partRank(a) - partRank(b));
}

/** The time that the requests of each band spent in each part; a dash for a band with too few requests. */
function partTable(all: PartBands): Block {
  const bands = shownBands.map(([key]) => all[key]);
  const rows = partsOf(bands).map(
    (part): TableRow => ({
      label: partLabel(part),
      cells: bands.map((band) => formatLatency(band && (band.parts[part] ?? 0))),
    }),
  );
  return {
    kind: 'table',
    columns: ['Part of a request', ...shownBands.map(([, name]) => name)],
    rows: [...rows, { label: 'Total', cells: bands.map((band) => formatLatency(band?.mean)) }],
  };
}

/** The parts of the response time: a summary, the causes of slow requests, and a table by part. */
export function timeSpentSection(attribution: Attribution | undefined): Section<'timeSpent'>[] {
  if (!attribution) return [];
  const { sentence, causes, notes, all } = attribution;
  return sectionOf('timeSpent', 'Where did the time go?', [
    { kind: 'sentences', sentences: sentence === null ? [] : [sentence] },
    { kind: 'sentences', sentences: causes.map((cause) => cause.sentence) },
    { kind: 'sentences', sentences: notes },
    partTable(all),
  ]);
}
