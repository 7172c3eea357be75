import { z } from 'zod';
import { errorCodes } from '../../shared/errors/appError';
import { reportedErrorSchema } from '../../shared/errors/errorDetails';
import { exportFormatSchema } from '../../shared/interchange/formats';
import type { ImportedRun } from '../../shared/interchange/importOutcome';

const idSchema = z.object({ id: z.string() });

/** Long work on a history. */
export const historyTaskSchema = z.discriminatedUnion('type', [
  /** What there is of a run that has ended: StoredRun as JSON. */
  idSchema.extend({ type: z.literal('stored') }),
  /** How latencies were distributed in each second: HeatSecond[] as JSON. */
  idSchema.extend({ type: z.literal('heat') }),
  /** The operations of a run second by second: OperationSeconds[] as JSON. */
  idSchema.extend({ type: z.literal('operations') }),
  /** The events of a saved run at the times of its seconds: ReplayStep[] as JSON. */
  idSchema.extend({ type: z.literal('replay') }),
  /** A run, or its scenario, as the text of a file. */
  idSchema.extend({ type: z.literal('export'), format: exportFormatSchema }),
  /** Runs beside the first of them: Comparison as JSON. */
  z.object({ type: z.literal('compare'), ids: z.array(z.string()) }),
  /** Finishes the runs whose owner is gone. */
  z.object({ type: z.literal('recover') }),
  /** Keeps the run that comes with the app, of a file: its id. */
  z.object({ type: z.literal('keep-sample'), file: z.string() }),
  /** Keeps what was read of a file (ReadFile as JSON): {@link importedRunsSchema} as JSON. */
  z.object({ type: z.literal('keep-read'), json: z.string() }),
  /** Deletes runs that are older, so that they can be restored: their ids as JSON. */
  z.object({ type: z.literal('retain'), days: z.number() }),
  /** Forgets runs that were deleted more than an hour ago. */
  z.object({ type: z.literal('purge') }),
  /** Packs the runs that have ended and are not packed, the newest first, and holds the history to a size; null for any. */
  z.object({ type: z.literal('pack'), budgetBytes: z.number().nullable() }),
  /** Gives the space of deleted runs back to the disk: {@link compactedSchema} as JSON. */
  z.object({ type: z.literal('compact') }),
  /** Copies the history to a file that does not exist yet, with these rights. */
  z.object({ type: z.literal('backup'), file: z.string(), mode: z.int() }),
]);
export type HistoryTask = z.infer<typeof historyTaskSchema>;

/** A task on the history of a data folder. The next one is sent when this one has ended. */
export const historyCommandSchema = z.object({ dataFolder: z.string(), task: historyTaskSchema });
export type HistoryCommand = z.infer<typeof historyCommandSchema>;

/** The sizes of the store before and after it was compacted. */
export const compactedSchema = z.object({ beforeBytes: z.number(), afterBytes: z.number() });

/** The runs that were imported, as `keep-read` reports them. */
export const importedRunsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), notes: z.array(z.string()) } satisfies Record<
    keyof ImportedRun,
    z.ZodType
  >),
);

/** How a task has ended. */
export const historyReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), text: z.string() }),
  z.object({
    type: z.literal('failed'),
    error: reportedErrorSchema.extend({ code: z.enum(errorCodes) }),
  }),
]);
export type HistoryReport = z.infer<typeof historyReportSchema>;
