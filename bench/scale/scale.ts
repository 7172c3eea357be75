/* Measures what grows with what, at three sizes each, and fits a line or a power. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHistory } from '../../electron/history/openHistory';
import { packDocument, unpackDocument } from '../../electron/history/packedDocument';
import { packedBytes, packResponses, unpackResponses } from '../../electron/history/responseBlocks';
import { stepsWithin } from '../../electron/history/roundedResponses';
import { packSecond } from '../../electron/history/runSeconds';
import { readResult } from '../../electron/report/importers/readResult';
import { runDocumentSchema } from '../../shared/run/document';
import { medianOf } from '../../shared/statistics/medianOf';
import { description, histogramOfMs, runDocument, runInterval } from '../../tests/support/factories';
import { printTable } from '../table';
import { fitGrowth, type Measured } from './growth';
import { intervalOf, secondsOf, writeJtl, writeK6 } from './samples';

const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-scale-'));
const rows: string[][] = [];

/** Adds a row: the cost at each size, the line or power, and the cost at the size that is asked about. */
function grow(what: string, unit: string, measured: readonly Measured[], askedSize: number): void {
  const growth = fitGrowth(measured);
  const digits = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-US');
  rows.push([
    what,
    measured.map(({ size }) => size.toLocaleString('en-US')).join(' / '),
    `${measured.map(({ cost }) => digits(cost)).join(' / ')} ${unit}`,
    growth.formula,
    `${digits(growth.costAt(askedSize))} ${unit} at ${askedSize.toLocaleString('en-US')}`,
  ]);
}

/** The median time of work that waits for nothing but the processor and the disk, in ms. */
async function timedMs(work: () => unknown, times = 3): Promise<number> {
  const tookMs: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const startedMs = performance.now();
    await work();
    tookMs.push(performance.now() - startedMs);
  }
  return medianOf(tookMs);
}

async function each(sizes: readonly number[], costOf: (size: number) => Promise<number> | number): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const size of sizes) measured.push({ size, cost: await costOf(size) });
  return measured;
}

async function imports(): Promise<void> {
  for (const [name, write, sizes, asked] of [
    ['rows of a JTL', writeJtl, [10_000, 100_000, 1_000_000], 100_000_000],
    ['requests in k6 NDJSON', writeK6, [5_000, 50_000, 200_000], 10_000_000],
  ] as const) {
    const path = join(folder, 'samples');
    const measured = await each(sizes, (size) => {
      write(path, size);
      return timedMs(() => readResult(path));
    });
    grow(`import: ${name}`, 'ms', measured, asked);
  }
}

/** What packing makes of the response times of ten minutes. */
function packedOf(seconds: number, requests: number, operations: number): number {
  const all = secondsOf(seconds, requests, operations);
  const perDoubling = stepsWithin(seconds, (steps) => packedBytes(all, steps));
  return packResponses(all, perDoubling).reduce((sum, { packed }) => sum + packed.length, 0);
}

async function savedRuns(): Promise<void> {
  const perS = 60;
  grow(
    'response times of 60 s, by req/s',
    'bytes',
    await each([200, 2_000, 20_000], (rate) => packedOf(perS, rate, 4)),
    1_000_000,
  );
  grow(
    'response times of 60 s at 2,000 req/s, by steps',
    'bytes',
    await each([2, 20, 100], (steps) => packedOf(perS, 2_000, steps)),
    200,
  );
  const documents = [120, 1_200, 12_000].map((seconds) => {
    const intervals = Array.from({ length: seconds }, (_, index) => intervalOf(index + 1));
    return { seconds, document: runDocument({ intervals }), packed: packDocument(runDocument({ intervals }), 'small') };
  });
  const ofDocuments = (costOf: (each: (typeof documents)[number]) => Promise<number> | number): Promise<Measured[]> =>
    each(
      documents.map(({ seconds }) => seconds),
      (size) => {
        const found = documents.find(({ seconds }) => seconds === size);
        return found ? costOf(found) : 0;
      },
    );
  const day = 86_400;
  grow('document, by seconds', 'bytes', await ofDocuments(({ packed }) => packed.length), day);
  grow(
    'document as JSON, by seconds',
    'bytes',
    await ofDocuments(({ document }) => JSON.stringify(document).length),
    day,
  );
  grow(
    'reading a document, by seconds',
    'ms',
    await ofDocuments(({ packed }) => timedMs(() => runDocumentSchema.parse(unpackDocument(packed)))),
    day,
  );
  grow(
    'reading response times of ten minutes, by steps',
    'ms',
    await each([2, 20, 100], (steps) => {
      const [block] = packResponses(secondsOf(600, 200, steps));
      return timedMs(() => block && unpackResponses(block.packed));
    }),
    200,
  );
}

async function histories(): Promise<void> {
  const intervals = Array.from({ length: 120 }, (_, index) => runInterval({ t: index + 1 }));
  const fill = (runs: number): string => {
    const data = join(folder, `history-${runs}`);
    const history = openHistory(data);
    for (let run = 0; run < runs; run += 1) history.imports.addRun(runDocument({ id: `run-${run}`, intervals }));
    history.close();
    return data;
  };
  const sizes = [100, 400, 1_600];
  const list = await each(sizes, (runs) => {
    const data = fill(runs);
    return timedMs(() => {
      const history = openHistory(data);
      history.count({});
      history.list({ limit: 500 });
      history.close();
    }, 11);
  });
  grow('opening a history and its list, by runs', 'ms', list, 10_000);
  grow(
    'a history without response times, by runs',
    'bytes',
    await each(sizes, (runs) => statSync(join(folder, `history-${runs}`, 'history.sqlite')).size),
    10_000,
  );
  const written = await each([1, 4, 16], (writers) => {
    const data = join(folder, `writers-${writers}`);
    const stores = Array.from({ length: writers }, () => openHistory(data));
    for (const [index, store] of stores.entries()) store.begin(description({ id: `run-${index}` }));
    const none = new Map();
    let t = 0;
    return timedMs(() => {
      t += 1;
      for (const [index, store] of stores.entries())
        store.append(`run-${index}`, [
          packSecond({
            interval: runInterval({ t }),
            response: new Map([['read', histogramOfMs(1, 2, 3)]]),
            service: histogramOfMs(1),
            lateness: histogramOfMs(1),
            stages: none,
            phases: none,
            serverTiming: none,
            parts: none,
          }),
        ]);
    }, 51).finally(() => {
      for (const store of stores) store.close();
    });
  });
  grow('writing a second of each run, by runs at the same time', 'ms', written, 100);
}

try {
  await imports();
  await savedRuns();
  await histories();
  printTable(['what, by what', 'sizes', 'cost', 'fit', 'by the fit'], rows);
} finally {
  rmSync(folder, { recursive: true });
}
