import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { type ImportedResult, importedResultSchema, toolNames } from '../../../shared/interchange/importedResult';
import type { RunDocument } from '../../../shared/run/document';
import { describeIssues } from '../../../shared/scenario/parse';
import { redactDocument } from '../../../shared/secrets/redactDocument';
import { redactForeign } from '../../../shared/secrets/redactForeign';
import { maxDurationMs } from '../../../shared/units/duration';
import { forEachHdrBucket } from '../../hdr/hdrCodec';
import { documentImporters, fileImporters } from './allImporters';
import { type ImportedFigures, UnreadableForm } from './importer';
import { ImportFile, type ImportWatch, importFailed } from './importFile';
import { parseDocuments } from './jsonDocuments';
import { textReports } from './text/textReports';

/** The content of a file: a run of Proofload, or results of another tool. */
export type FileContent = { kind: 'run'; document: RunDocument } | { kind: 'results'; results: Results };
type Results = readonly (ImportedFigures | ImportedResult)[];

const knownTools = [...Object.values(toolNames), 'Proofload'].join(', ');

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

/**
 * Percentiles may be above the greatest latency, or above those of a higher rank, by as much as tools round: Locust to
 * two digits, Artillery to 1 %.
 */
const mostRounded = (ms: number): number => ms * 1.1 + 1;

/** Says that latencies contradict each other: one of them was misprinted or cut before the file was read. */
function contradictionsIn({ metrics }: ImportedFigures): string[] {
  const { max, percentiles } = metrics.http_req_duration;
  const ranked = Object.entries(percentiles).sort(([a], [b]) => Number(a) - Number(b));
  return ranked.flatMap(([rank, value], index) => {
    const above = ranked[index + 1]?.[1] ?? max;
    return above !== null && value > mostRounded(above)
      ? [`The file contradicts itself: its P${rank} of ${value} ms is above a greater latency of ${above} ms.`]
      : [];
  });
}

/** Checks a result once more as it will be stored, because the file of a tool can contain anything. */
function resultOf<Result extends ImportedFigures | ImportedResult>(result: Result): Result {
  const notes = [...new Set([...contradictionsIn(result), ...result.notes])].slice(0, 50);
  return { ...result, ...figuresSchema.parse(redactForeign({ ...result, notes })) };
}

/** Merges the contents of several documents: the results of all, or undefined when one is unknown. */
function merged(contents: readonly (FileContent | undefined)[]): FileContent | undefined {
  const [first] = contents;
  if (contents.length === 1) return first;
  const results = contents.map((content) => (content?.kind === 'results' ? content.results : undefined));
  return results.includes(undefined) ? undefined : { kind: 'results', results: results.flatMap((each) => each ?? []) };
}

/**
 * What the JSON in a file is; undefined when it is unknown. A text may begin like JSON as well: with a prompt or a time
 * in brackets, or with JSON that other lines follow.
 */
async function fromJson(file: ImportFile): Promise<FileContent | undefined> {
  const text = await file.text();
  let documents: unknown[];
  try {
    documents = parseDocuments(text);
  } catch (error) {
    const results = await textReports.read(file);
    if (results.length === 0) throw error;
    return { kind: 'results', results };
  }
  return merged(documents.map(fromDocument));
}

/** Adds a note to each result about its place among several results of a file. */
function numbered(results: Results): Results {
  if (results.length < 2) return results;
  return results.map((result, index) => ({
    ...result,
    notes: [`The file holds ${results.length} results: this is number ${index + 1}.`, ...result.notes].slice(0, 50),
  }));
}

function reasonOf(error: unknown): string {
  return error instanceof z.ZodError ? describeIssues(error).slice(0, 500) : errorMessage(error);
}

/** The maximum length of a run, in seconds: a scenario may ask for a day, and the last responses may take an hour. */
const maxSeconds = (maxDurationMs + 3_600_000) / 1_000;

/** Checks what a schema cannot: that distributions can be read, and that no second is beyond the longest run. */
function checkRun({ histograms, intervals }: RunDocument): void {
  for (const text of Object.values(histograms)) forEachHdrBucket(text, () => {});
  for (const { t } of intervals)
    if (t < 1 || t > maxSeconds) throw new RangeError(`a second ${t}, while a run has ${maxSeconds} at most`);
}

/**
 * Reads the result of a load tool, recognising the format by its content. Throws `import-failed` when it is unknown,
 * damaged or too large, and `interrupted`. Memory and time are bounded for any file.
 */
export async function readResult(
  path: string,
  watch: ImportWatch = {},
): Promise<{ file: string; content: FileContent }> {
  const file = await ImportFile.open(path, watch);
  try {
    const importer = fileImporters.find((candidate) => candidate.accepts(file.head, file.headBytes));
    let content: FileContent | undefined;
    if (importer) {
      const results = await importer.read(file);
      content = results.length > 0 ? { kind: 'results', results } : undefined;
    } else if (/^\s*[[{]/.test(file.head)) content = await fromJson(file);
    if (!content)
      throw importFailed(`${file.name}: unrecognised file format`, `Proofload reads files of ${knownTools}`);
    if (content.kind === 'run') checkRun(content.document);
    else {
      content = { kind: 'results', results: numbered(content.results).map(resultOf) };
      for (const { histogram } of content.results) if (histogram !== null) forEachHdrBucket(histogram, () => {});
    }
    return { file: file.name, content };
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    if (error instanceof UnreadableForm) throw importFailed(`${file.name} ${error.message}`, error.advice, error);
    throw importFailed(
      `${file.name} is damaged, or not what it seems to be: ${reasonOf(error)}`,
      'write it again with the tool',
      error,
    );
  }
}
