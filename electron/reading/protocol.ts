import { z } from 'zod';
import { reportedErrorSchema } from '../../shared/errors/errorDetails';
import { importedResultSchema } from '../../shared/interchange/importedResult';
import { runDocumentSchema } from '../../shared/run/document';
import { httpMethods } from '../../shared/run/target';
import { authSchema } from '../../shared/scenario/auth';
import { encodingFields } from '../../shared/scenario/contentEncoding';
import type { ImportedRequests, ImportedStep } from '../../shared/scenario/importers/importedRequests';
import { importFilterSchema } from '../../shared/scenario/importers/importFilter';
import { extractionSchema } from '../../shared/scenario/journeys';
import { redirectsSchema } from '../../shared/scenario/redirects';
import { bodyFields } from '../../shared/scenario/requestBody';
import type { ScenarioRequest } from '../../shared/scenario/requests';

/** What a process must read. Each process reads one thing. */
export const readingCommandSchema = z.discriminatedUnion('type', [
  /** Requests in a text, in any supported format. */
  z.object({ type: z.literal('requests'), text: z.string(), filter: importFilterSchema.exactOptional() }),
  z.object({ type: z.literal('requests-of-file'), path: z.string(), filter: importFilterSchema.exactOptional() }),
  /** The result of a load tool, or a run. */
  z.object({ type: z.literal('result'), path: z.string() }),
]);
export type ReadingCommand = z.input<typeof readingCommandSchema>;

/** Every field of a request, so that none is lost on the way. */
const requestFields = {
  name: z.string().exactOptional(),
  weight: z.number().exactOptional(),
  method: z.enum(httpMethods).exactOptional(),
  url: z.string().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  body: bodyFields.body.unwrap().exactOptional(),
  form: bodyFields.form.unwrap().exactOptional(),
  multipart: bodyFields.multipart.unwrap().exactOptional(),
  bodyFile: bodyFields.bodyFile.unwrap().exactOptional(),
  bodyBase64: bodyFields.bodyBase64.unwrap().exactOptional(),
  gzip: bodyFields.gzip.unwrap().exactOptional(),
  acceptEncoding: encodingFields.acceptEncoding.unwrap().exactOptional(),
  auth: authSchema.exactOptional(),
  redirects: redirectsSchema.exactOptional(),
  expectRedirect: z.boolean().exactOptional(),
} satisfies Record<keyof ScenarioRequest, z.ZodType>;

const stepFields = {
  request: z.number(),
  atMs: z.number().exactOptional(),
  tookMs: z.number().exactOptional(),
  folder: z.string().exactOptional(),
  expectedStatuses: z.array(z.number()).exactOptional(),
  extract: z.record(z.string(), extractionSchema).exactOptional(),
} satisfies Record<keyof ImportedStep, z.ZodType>;

const importedRequestsSchema = z.object({
  name: z.string(),
  requests: z.array(z.object(requestFields)),
  data: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  steps: z.array(z.object(stepFields)),
  notes: z.array(z.string()),
  proxy: z.string().exactOptional(),
  correlations: z
    .array(
      z.object({
        variable: z.string(),
        value: z.string(),
        step: z.number(),
        place: z.string(),
        extraction: extractionSchema.exactOptional(),
        uses: z.array(z.object({ step: z.number(), place: z.string() })),
      }),
    )
    .exactOptional(),
} satisfies Record<keyof ImportedRequests, z.ZodType>);

const figuresSchema = importedResultSchema.omit({ schema: true, id: true, importedAt: true, file: true });

/** The content of a file: a run, or the results of another tool. */
export const readFileSchema = z.object({
  file: z.string(),
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('run'), document: runDocumentSchema }),
    // A result that Proofload has exported has a schema and an id. A result of another tool does not.
    z.object({ kind: z.literal('results'), results: z.array(z.union([importedResultSchema, figuresSchema])) }),
  ]),
});
export type ReadFile = z.infer<typeof readFileSchema>;

/** What such a process reports. */
export const readingReportSchema = z.discriminatedUnion('type', [
  /** How much of a file has been read, from 0 to 1. */
  z.object({ type: z.literal('progress'), share: z.number() }),
  z.object({ type: z.literal('requests'), requests: importedRequestsSchema }),
  /** A {@link ReadFile} as JSON, so that its size does not hold up the process that passes it on. */
  z.object({ type: z.literal('result'), json: z.string() }),
  z.object({
    type: z.literal('failed'),
    error: reportedErrorSchema.extend({ code: z.enum(['import-failed', 'internal']) }),
  }),
]);
export type ReadingReport = z.infer<typeof readingReportSchema>;
