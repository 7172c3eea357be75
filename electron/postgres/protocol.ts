import { z } from 'zod';
import { reportedErrorSchema } from '../../shared/errors/errorDetails';

/** Commands of the app to the process that manages the embedded server. */
export const postgresCommandSchema = z.discriminatedUnion('type', [
  /**
   * Starts the server with the data in `folder`, which are created if there are none, or starts it again after a kill.
   */
  z.object({ type: z.literal('start'), folder: z.string() }),
  /** Ends all processes of the server at once, for the conformance suite. */
  z.object({ type: z.literal('kill') }),
  z.object({ type: z.literal('stop') }),
]);
export type PostgresCommand = z.infer<typeof postgresCommandSchema>;

/** Reports of that process to the app. */
export const postgresReportSchema = z.discriminatedUnion('type', [
  /**
   * `folder` is where the data are. It differs from the folder of the command if the server's account cannot enter
   * that.
   */
  z.object({ type: z.literal('started'), url: z.string(), folder: z.string() }),
  z.object({ type: z.literal('killed') }),
  /** The server has ended by itself. */
  z.object({ type: z.literal('ended'), how: z.string() }),
  z.object({ type: z.literal('failed'), error: reportedErrorSchema }),
]);
export type PostgresReport = z.infer<typeof postgresReportSchema>;
