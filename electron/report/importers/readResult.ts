import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { type ImportedResult, importedResultSchema } from '../../../shared/interchange/importedResult';
import type { RunDocument } from '../../../shared/run/document';
import { describeIssues } from '../../../shared/scenario/parse';
import { redactDocument } from '../../../shared/secrets/redactDocument';
import { redactForeign } from '../../../shared/secrets/redactForeign';

import { maxDurationMs } from '../../../shared/units/duration';
import { forEachHdrBucket } from '../../hdr/hdrCodec';
import { ab } from './ab';
import { artilleryReports } from './artillery';
import { autocannon } from './autocannon';
import { hey } from './hey';
import { hlog } from './hlog';
import { hyperfine } from './hyperfine';
import type { DocumentImporter, FileImporter, ImportedFigures } from './importer';
import { ImportFile, type ImportWatch, importFailed } from './importFile';
import { jmeter } from './jmeter';
import { k6Summaries } from './k6';
import { k6Csv, k6Json } from './k6Samples';
import { locustCsv, locustJson } from './locust';
import { ohaDatabase, ohaJson } from './oha';
import { vegetaCsv, vegetaJson, vegetaReport } from './vegeta';
import { hdrText, wrk } from './wrk';

/** The first that accepts a file reads it. */
const fileImporters: readonly FileImporter[] = [
  ohaDatabase,
  k6Json,
  vegetaJson,
  hlog,
  wrk,
  hdrText,
  ab,
  k6Csv,
  jmeter,
  locustCsv,
  hey,
  vegetaCsv,
];
const documentImporters: readonly DocumentImporter[] = [
  autocannon,
  ...artilleryReports,
  vegetaReport,
  ohaJson,
  hyperfine,
  locustJson,
  ...k6Summaries,
];

/** What a file holds: a run of Proofload, or the results of another tool. */
export type FileContent =
  | { kind: 'run'; document: RunDocument }
  | { kind: 'results'; results: readonly (ImportedFigures | ImportedResult)[] };

const known =
  'k6, autocannon, Artillery, Vegeta, oha, wrk2, wrk, hey, ab, HdrHistogram, JMeter, Locust, hyperfine and Proofload';

const figuresSchema = importedResultSchema.omit({ schema: true, id: true, importedAt: true, file: true });

function schemaOf(value: object): unknown {
  return 'schema' in value ? value.schema : undefined;
}

function fromDocument(value: unknown): FileContent | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const schema = schemaOf(value);
  if (schema === 'proofload.run/1') return { kind: 'run', document: redactDocument(value) };
  if (schema === 'proofload.result/1') return { kind: 'results', results: [importedResultSchema.parse(value)] };
  const importer = documentImporters.find((candidate) => candidate.accepts(value));
  return importer && { kind: 'results', results: importer.read(value) };
}

/** A result as it is stored, checked once more: a tool's file may hold anything. */
function resultOf<Result extends ImportedFigures | ImportedResult>(result: Result): Result {
  return { ...result, ...figuresSchema.parse(redactForeign(result)) };
}

/** The documents of a file: one, or one a line. */
function parseDocuments(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    // A document that is cut short has lines as well, but no whole values in them.
    if (lines.length < 2 || lines.length > 1_000 || !lines.every((line) => line.startsWith('{'))) throw error;
    return lines.map((line) => JSON.parse(line));
  }
}

function merged(contents: readonly (FileContent | undefined)[]): FileContent | undefined {
  const [first] = contents;
  if (contents.length === 1) return first;
  const results = contents.flatMap((content) => (content?.kind === 'results' ? content.results : []));
  return results.length > 0 ? { kind: 'results', results } : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof z.ZodError ? describeIssues(error).slice(0, 500) : errorMessage(error);
}

/** No run is longer: a scenario may ask for a day, and last answers may take an hour. */
const maxSeconds = (maxDurationMs + 3_600_000) / 1_000;

/** What a schema does not see of a run: distributions that can't be read, and seconds that no run has. */
function checkRun({ histograms, intervals }: RunDocument): void {
  for (const text of Object.values(histograms)) forEachHdrBucket(text, () => {});
  for (const { t } of intervals)
    if (t < 1 || t > maxSeconds) throw new RangeError(`a second ${t}, where a run has ${maxSeconds} at most`);
}

/**
 * Reads the result of a load tool, whose format is found by its content. Throws `import-failed` for what is no result,
 * is damaged, or is too large, and `interrupted`; memory and time are bounded whatever the file holds.
 */
export async function readResult(
  path: string,
  watch: ImportWatch = {},
): Promise<{ file: string; content: FileContent }> {
  const file = await ImportFile.open(path, watch);
  try {
    const importer = fileImporters.find((candidate) => candidate.accepts(file.head));
    let content: FileContent | undefined;
    if (importer) content = { kind: 'results', results: await importer.read(file) };
    else if (/^\s*[[{]/.test(file.head)) content = merged(parseDocuments(await file.text()).map(fromDocument));
    if (!content) throw importFailed(`${file.name}: unrecognised file format`, `Proofload reads files of ${known}`);
    if (content.kind === 'run') checkRun(content.document);
    else {
      content = { kind: 'results', results: content.results.map(resultOf) };
      for (const { histogram } of content.results) if (histogram !== null) forEachHdrBucket(histogram, () => {});
    }
    return { file: file.name, content };
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    throw importFailed(
      `${file.name} is damaged, or not what it seems to be: ${reasonOf(error)}`,
      'write it again with the tool',
      error,
    );
  }
}
