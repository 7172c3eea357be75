import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProofloadError } from '../../../shared/errors/appError';
import type { ImportedRun } from '../../../shared/interchange/importOutcome';
import type { ToolChoice } from '../../../shared/run/runInput';
import { concealerOf } from '../../../shared/secrets/conceal';
import { type CommandEnd, CommandProcess } from '../../drivers/commandProcess';
import { findTool } from '../../drivers/findTool';
import { describeExit, quoteComplaint } from '../../drivers/processOutput';
import { artilleryReportName } from '../../drivers/remote/artilleryPlan';
import { planOf } from '../../drivers/remote/planOf';
import type { RemotePlan } from '../../drivers/remote/remotePlan';
import { type FileContent, readResult } from '../../report/importers/readResult';
import { ownWork } from '../../run/ownedWork';
import type { RunRequest } from '../../run/runContract';
import type { SecretSource } from '../../secrets/secretSource';
import { drivenRequest } from './drivenRequest';

/** The exit code of Artillery when expectations failed: it has generated its load. */
const expectationsFailed = 21;
/** The most notes of an imported result. */
const mostNotes = 50;

/** The listener of a load on AWS, which can stop it. */
export interface AwsListener {
  signal: AbortSignal;
  /** Receives what Artillery prints, without secrets. */
  onLine(line: string): void;
}

/** Saves what was read from a report. */
export type KeepResult = (read: { file: string; content: FileContent }) => ImportedRun[];

/** What a load on AWS needs. */
export interface AwsContext {
  secrets: SecretSource;
  /** The folder for work that is removed at its end. */
  workFolder: string;
  keep: KeepResult;
}

/** The fault of an Artillery that ended without a report, or that said at its end that something went wrong. */
function faultOf(end: CommandEnd): ProofloadError {
  return new ProofloadError(
    'load-failed',
    `Artillery ${describeExit(end)} and wrote no report.${quoteComplaint(end.complaint)}`,
    'run the command that a dry run prints by hand, and look in the AWS console for tasks that are still running',
  );
}

/** The content of a report, with what a load elsewhere loses among its notes. */
function withLosses(content: FileContent, { differences }: RemotePlan, { code }: CommandEnd): FileContent {
  if (content.kind === 'run') return content;
  const isWhole = code === 0 || code === expectationsFailed;
  const faults = isWhole ? [] : [`Artillery ended with code ${code}: the report may not have all machines.`];
  return {
    ...content,
    results: content.results.map((result) => ({
      ...result,
      notes: [...faults, ...differences, ...result.notes].slice(0, mostNotes),
    })),
  };
}

/**
 * Has Artillery generate a load on AWS and saves its report. Its signal stops the load. Rejects with `usage`,
 * `secret-unknown`, `driver-unavailable`, `load-failed`, `import-failed`, and with `interrupted` for a load that was
 * stopped before there was a report.
 */
export async function runOnAws(
  request: RunRequest,
  tool: ToolChoice | undefined,
  { secrets: source, workFolder, keep }: AwsContext,
  { signal, onLine }: AwsListener,
): Promise<ImportedRun[]> {
  if (tool?.on === undefined) throw new ProofloadError('usage', 'the load runs on this machine', 'name another place');
  const driven = drivenRequest(request, source);
  const plan = planOf(driven, tool.on, request.id);
  const { path } = await findTool(tool.tool, tool.path);
  signal.throwIfAborted();
  const work = ownWork(workFolder, request.id);
  try {
    for (const [name, text] of Object.entries(plan.files))
      writeFileSync(join(work.folder, name), text, { mode: 0o600 });
    const conceal = concealerOf(driven.secrets);
    const command = new CommandProcess({
      file: path,
      args: plan.commands.flatMap(({ args }) => args),
      folder: work.folder,
      env: { ARTILLERY_DISABLE_TELEMETRY: 'true' },
      onLine: (line) => onLine(conceal(line)),
    });
    const stop = (): void => command.interrupt();
    signal.addEventListener('abort', stop);
    const end = await command.ended.finally(() => signal.removeEventListener('abort', stop));
    const report = join(work.folder, artilleryReportName);
    if (!existsSync(report)) {
      signal.throwIfAborted();
      throw faultOf({ ...end, complaint: conceal(end.complaint) });
    }
    const { file, content } = await readResult(report, {});
    return keep({ file, content: withLosses(content, plan, end) });
  } finally {
    work.end();
  }
}
