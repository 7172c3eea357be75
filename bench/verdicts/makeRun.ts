import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { RunDocument } from '../../shared/run/document';
import { exitCodes, judge, type Verdict, verdictSchema } from '../../shared/run/verdict';
import { thresholdResultSchema } from '../../shared/thresholds/evaluate';
import type { Interruption } from '../interruption';
import { oneRun } from '../oneRun';
import { startMachine } from './machines';
import { serverReportSchema } from './serverPlan';
import type { Situation } from './situations';

/** What is kept of a run of known truth, as one of its situations sees it. */
export const runRecordSchema = z.object({
  key: z.string(),
  situation: z.string(),
  run: z.int(),
  truth: z.enum(['passed', 'failed']),
  verdict: verdictSchema,
  /** The exit code of the run, which is that of all its thresholds together. */
  code: z.int(),
  thresholds: z.array(thresholdResultSchema),
  /** The checks that kept it from a verdict. */
  decisive: z.array(z.string()),
  server: serverReportSchema,
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** Ends a run that would never: its length, the time until it begins, and its last answers. */
function atMostMs({ seconds }: Situation): number {
  return seconds * 1000 + 90_000;
}

async function askReport(server: ChildProcess): Promise<RunRecord['server']> {
  const told = once(server, 'message');
  server.send('report');
  return serverReportSchema.parse((await told)[0]);
}

/** How runs are made. */
export interface MakingOptions {
  serverFile: string;
  /** Where the run documents are kept; nowhere without. */
  documentsFolder: string | undefined;
  interruption: Interruption;
}

export function recordKey({ key }: Situation, run: number): string {
  return `${key}#${run}`;
}

function keep(folder: string, key: string, document: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${key.replaceAll(/[^A-Za-z0-9.#]+/g, '-')}.json`), JSON.stringify(document));
}

/** All thresholds of situations that share a run, by metric. */
function thresholdsOf(situations: readonly Situation[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { thresholds } of situations)
    for (const [metric, expressions] of Object.entries(thresholds))
      all[metric] = [...new Set([...(all[metric] ?? []), ...expressions])];
  return all;
}

type Judged = Pick<RunDocument, 'verdict' | 'thresholds' | 'trust'>;

/**
 * What a run would have been without the thresholds of the other situations. Thresholds are judged one by one, each
 * with its own doubts; a trust check is ok where it left none of those that remain undecided.
 */
function judgedAlone(document: RunDocument, situation: Situation, others: readonly Situation[]): Judged {
  const { verdict, thresholds, trust, integrity, metrics } = document;
  if (others.length === 0 || verdict === 'aborted' || verdict === 'interrupted') return { verdict, thresholds, trust };
  const own = thresholds.filter(
    ({ expression }) => expression === situation.decidedBy || !others.some(({ decidedBy }) => decidedBy === expression),
  );
  const isFailed = own.some(({ status }) => status === 'failed');
  const isDecisive = (check: string): boolean =>
    !isFailed && own.some(({ doubts = [] }) => doubts.some((doubt) => doubt.check === check && doubt.isDecisive));
  const ownTrust = trust.map((check) => ({ ...check, ok: !isDecisive(check.check) }));
  const successes = metrics.http_reqs.count - metrics.http_req_failed.count;
  return { verdict: judge(own, ownTrust, integrity, successes), thresholds: own, trust: ownTrust };
}

function codeOf(verdict: Verdict): number {
  return exitCodes[verdict];
}

/**
 * Makes one run for the situations that share it, as its user would: server, load and what else the machine does in
 * processes of their own. Resolves with a record for each situation. Throws when the run ended without a document, or
 * with an exit code that does not go with its verdict.
 */
export async function makeRun(
  situations: readonly [Situation, ...Situation[]],
  run: number,
  options: MakingOptions,
): Promise<RunRecord[]> {
  const { serverFile, documentsFolder, interruption } = options;
  const [situation] = situations;
  const runKey = `${situation.runKey}#${run}`;
  const folder = mkdtempSync(join(tmpdir(), 'proofload-verdicts-'));
  const file = join(folder, 'scenario.json');
  const common = { schema: 'proofload.scenario/1', id: 'bench', name: 'Bench', warmup: '1s' };
  writeFileSync(file, JSON.stringify({ ...common, ...situation.scenario(run), thresholds: thresholdsOf(situations) }));
  const server = fork(serverFile, [JSON.stringify(situation.plan(run))], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
  });
  try {
    const [url] = await once(server.stdout ?? server, 'data');
    const machine = startMachine(situation.machine);
    const { code, document } = await oneRun([file, '--url', String(url).trim()], {
      prefix: machine.prefix,
      atMostMs: atMostMs(situation),
      interruption,
    }).finally(() => machine.end());
    if (!document) throw new Error(`${runKey} ended with exit code ${code} and without a document`);
    if (documentsFolder !== undefined) keep(documentsFolder, runKey, document);
    const { verdict } = document;
    if (code !== codeOf(verdict)) throw new Error(`${runKey} is ${verdict} and ended with exit code ${code}`);
    const report = await askReport(server);
    return situations.map((judged) => {
      const others = situations.filter((other) => other !== judged);
      const { verdict, thresholds, trust } = judgedAlone(document, judged, others);
      return {
        key: recordKey(judged, run),
        situation: judged.key,
        run,
        truth: judged.truth(report),
        verdict,
        code,
        thresholds,
        decisive: trust.filter(({ ok }) => !ok).map(({ check }) => check),
        server: report,
      };
    });
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}
