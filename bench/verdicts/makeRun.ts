import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { exitCodes, type Verdict, verdictSchema } from '../../shared/run/verdict';
import { thresholdResultSchema } from '../../shared/thresholds/evaluate';
import type { Interruption } from '../interruption';
import { oneRun } from '../oneRun';
import { startMachine } from './machines';
import { serverReportSchema } from './serverPlan';
import type { Situation } from './situations';

/** What is kept of a run of known truth. */
export const runRecordSchema = z.object({
  key: z.string(),
  situation: z.string(),
  run: z.int(),
  truth: z.enum(['passed', 'failed']),
  verdict: verdictSchema,
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

function codeOf(verdict: Verdict): number {
  return exitCodes[verdict];
}

/**
 * Makes a run of a situation, as its user would: server, load and what else the machine does in processes of their own.
 * Throws when it ended without a document, or with an exit code that does not go with its verdict.
 */
export async function makeRun(situation: Situation, run: number, options: MakingOptions): Promise<RunRecord> {
  const { serverFile, documentsFolder, interruption } = options;
  const key = recordKey(situation, run);
  const folder = mkdtempSync(join(tmpdir(), 'proofload-verdicts-'));
  const file = join(folder, 'scenario.json');
  const common = { schema: 'proofload.scenario/1', id: 'bench', name: 'Bench', warmup: '1s' };
  writeFileSync(file, JSON.stringify({ ...common, ...situation.scenario(run) }));
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
    if (!document) throw new Error(`${key} ended with exit code ${code} and without a document`);
    if (documentsFolder !== undefined) keep(documentsFolder, key, document);
    const { verdict, thresholds, trust } = document;
    if (code !== codeOf(verdict)) throw new Error(`${key} is ${verdict} and ended with exit code ${code}`);
    const report = await askReport(server);
    return {
      key,
      situation: situation.key,
      run,
      truth: situation.truth(report),
      verdict,
      code,
      thresholds,
      decisive: trust.filter(({ ok }) => !ok).map(({ check }) => check),
      server: report,
    };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}
