import { z } from 'zod';
import { errorCodes } from '../../shared/errors/appError';
import { reportedErrorSchema } from '../../shared/errors/errorDetails';
import { exportFormatSchema } from '../../shared/interchange/formats';
import type { ImportedRun } from '../../shared/interchange/importOutcome';
import { lineSubjects } from '../../shared/run/operationSeconds';

const idSchema = z.object({ id: z.string() });

/** Long work on a history. */
export const historyTaskSchema = z.discriminatedUnion('type', [
  /** Returns a run that has ended: StoredRun as JSON. */
  idSchema.extend({ type: z.literal('stored') }),
  /** Returns the latency distribution of each second: HeatSecond[] as JSON. */
  idSchema.extend({ type: z.literal('heat') }),
  /** Returns the operations of a run, or its scenarios, second by second: OperationSeconds[] as JSON. */
  idSchema.extend({ type: z.literal('operations'), by: z.enum(lineSubjects) }),
  /** Returns the events of a saved run at the times of its seconds: ReplayStep[] as JSON. */
  idSchema.extend({ type: z.literal('replay') }),
  /** Returns a run, or its scenario, as the text of a file. */
  idSchema.extend({ type: z.literal('export'), format: exportFormatSchema }),
  /** Compares runs with the first of them: Comparison as JSON. */
  z.object({ type: z.literal('compare'), ids: z.array(z.string()) }),
  /** Estimates what a size limit of the history would remove: BudgetForecast as JSON. */
  z.object({ type: z.literal('forecast'), budgetBytes: z.number() }),
  /** Finishes runs whose process has ended. */
  z.object({ type: z.literal('recover') }),
  /** Stores the sample run from a file, and returns its id. */
  z.object({ type: z.literal('keep-sample'), file: z.string() }),
  /** Stores what was read from a file (ReadFile as JSON): {@link importedRunsSchema} as JSON. */
  z.object({ type: z.literal('keep-read'), json: z.string() }),
  /** Deletes older runs, which can still be restored: their ids as JSON. */
  z.object({ type: z.literal('retain'), days: z.number() }),
  /** Removes runs that were deleted more than an hour ago. */
  z.object({ type: z.literal('purge') }),
  /** Packs ended runs, newest first, and keeps the history within a size. Null means no limit. */
  z.object({ type: z.literal('pack'), budgetBytes: z.number().nullable() }),
  /** Returns the space of deleted runs to the disk: {@link compactedSchema} as JSON. */
  z.object({ type: z.literal('compact') }),
  /** Copies the history to a new file with these permissions. */
  z.object({ type: z.literal('backup'), file: z.string(), mode: z.int() }),
]);
export type HistoryTask = z.infer<typeof historyTaskSchema>;

/** A task on the history of a data folder. The next one is sent when this one has ended. */
export const historyCommandSchema = z.object({ dataFolder: z.string(), task: historyTaskSchema });
export type HistoryCommand = z.infer<typeof historyCommandSchema>;

/** The sizes of the store before and after compacting. */
export const compactedSchema = z.object({ beforeBytes: z.number(), afterBytes: z.number() });

/** The imported runs, as `keep-read` reports them. */
export const importedRunsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), notes: z.array(z.string()) } satisfies Record<
    keyof ImportedRun,
    z.ZodType
  >),
);

/** How a task ended. */
export const historyReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), text: z.string() }),
  z.object({
    type: z.literal('failed'),
    error: reportedErrorSchema.extend({ code: z.enum(errorCodes) }),
  }),
]);
export type HistoryReport = z.infer<typeof historyReportSchema>;
