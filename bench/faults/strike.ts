import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { allGone, childrenOf, isAlive } from '../../electron/system/processes';
import { identifyAll, signalAll } from '../../electron/system/processIdentity';
import { experimentSchema } from '../../shared/experiment/experiment';
import { runDocumentSchema } from '../../shared/run/document';
import { exitCodes } from '../../shared/run/verdict';
import { Cli, type StartedCommand } from '../../tests/support/cli';
import type { Fault } from './faultList';
import type { Kind } from './kinds';

/** How long work may take to get going, and to end, in ms. */
const patienceMs = 90_000;
/** How long after its end processes may be there, in ms: the embedded PostgreSQL writes what it has. */
const exitPatienceMs = 20_000;
const diskSize = '96m';

/** What came of a fault under a kind of work. */
export interface Outcome {
  happened: string;
  kept: string;
  /** What must not be; empty where all is well. */
  problems: readonly string[];
}

const listSchema = z.array(z.object({ id: z.string(), verdict: z.string().nullable() }));
type Listed = z.infer<typeof listSchema>;

/** All processes below one, near and far. */
function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Resolves as the work does, or as undefined after the patience. */
async function within<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((give) => {
    timer = setTimeout(() => give(undefined), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The runs that the next start finds; it also clears up. Undefined when the history can't be opened. */
async function listed(cli: Cli): Promise<Listed | undefined> {
  const { code, stdout } = await cli.run('history', 'list', '--json');
  return code === 0 ? listSchema.parse(JSON.parse(stdout)) : undefined;
}

/** What is wrong with a document, if there is one: an acknowledged write that is lost, or a wrong answer. */
function problemsOf(file: string): string[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text === '') return [];
  const { integrity } = runDocumentSchema.parse(JSON.parse(text));
  const { lostWrites, violations } = integrity;
  return [
    ...(lostWrites ? [`${lostWrites} acknowledged writes are lost`] : []),
    ...(violations > 0 ? [`${violations} wrong answers`] : []),
  ];
}

function keptOf(cli: Cli, runs: Listed): string {
  const verdicts = runs.map(({ verdict }) => verdict ?? 'unfinished').join(', ');
  const folder = join(cli.dataFolder, 'experiments');
  const experiments = (existsSync(folder) ? readdirSync(folder) : []).map((name) => {
    const { state, runs: pairs } = experimentSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return `experiment ${state} with ${pairs.length} runs`;
  });
  return [verdicts, ...experiments].filter(Boolean).join('; ') || 'nothing';
}

/** Lets a fault happen to work of a kind. `saved` is a data folder with runs that must not be lost by it. */
export async function strike(kind: Kind, fault: Fault, saved: string, waitMs: number): Promise<Outcome | undefined> {
  const cli = new Cli();
  // PostgreSQL, which does not run as root, must get at its data.
  chmodSync(cli.folder, 0o755);
  mkdirSync(cli.dataFolder);
  const mount = ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', cli.dataFolder];
  if (fault.needsDisk && spawnSync('mount', mount).status !== 0) return undefined;
  cpSync(saved, cli.dataFolder, { recursive: true });
  try {
    return await strikeIn(cli, kind, fault, waitMs);
  } finally {
    if (fault.needsDisk) spawnSync('umount', [cli.dataFolder]);
    cli.dispose();
  }
}

async function strikeIn(cli: Cli, kind: Kind, fault: Fault, waitMs: number): Promise<Outcome | undefined> {
  const before = (await listed(cli)) ?? [];
  const out = cli.file('result.json');
  const args = [...kind.args(fault.engine ?? 'sqlite'), ...(kind.isRun ? ['--out', out] : [])];
  const work = cli.start(args, {}, { ownGroup: true });
  const pid = work.child.pid ?? 0;
  await within(kind.stream === 'stderr' ? work.stderrHas(kind.ready) : work.stdoutHas(kind.ready));
  await new Promise((later) => setTimeout(later, waitMs));
  const started = descendantsOf(pid);
  const came = await fault.strike({ cli, pid, started });
  if (came === undefined) {
    process.kill(-pid, 'SIGKILL');
    await work.done;
    await allGone(started, exitPatienceMs);
    return undefined;
  }
  const isToldToEnd = !fault.ends;
  if (isToldToEnd) process.kill(-pid, 'SIGTERM');
  return { ...(await resultOf(cli, work, fault, { before, started, out })), happened: await wordsOf(work, came) };
}

async function wordsOf({ done, child }: StartedCommand, came: string): Promise<string> {
  const { code } = await done;
  return `${came}; ${code === null ? `ended by ${child.signalCode}` : `exit ${code}`}`;
}

async function resultOf(
  cli: Cli,
  work: StartedCommand,
  fault: Fault,
  { before, started, out }: { before: Listed; started: readonly number[]; out: string },
): Promise<Omit<Outcome, 'happened'>> {
  const problems: string[] = [];
  const pid = work.child.pid ?? 0;
  const ended = await within(work.done);
  if (!ended) {
    problems.push('did not end');
    process.kill(-pid, 'SIGKILL');
    await work.done;
  }
  const isStopped = !fault.ends || fault.name.includes('to the group');
  if (ended && isStopped && ended.code !== exitCodes.interrupted)
    problems.push(`exit ${ended.code} instead of ${exitCodes.interrupted}: ${ended.stderr.split('\n').at(-2) ?? ''}`);
  await allGone(started, exitPatienceMs);
  const left = started.filter(isAlive);
  if (left.length > 0) problems.push(`${left.length} processes are left`);
  signalAll(identifyAll(left), 'SIGKILL');
  problems.push(...problemsOf(out));
  rmSync(join(cli.dataFolder, 'filler'), { force: true });
  const runs = await listed(cli);
  if (!runs) return { kept: 'unknown', problems: [...problems, 'the history can not be opened'] };
  const isThere = ({ id, verdict }: Listed[number]): boolean =>
    runs.some((run) => run.id === id && run.verdict === verdict);
  if (!fault.losesAll && !before.every(isThere)) problems.push('a run that was saved before is lost');
  const folder = join(cli.dataFolder, 'work');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  if (files.length > 0) problems.push(`the next start leaves ${files.join(', ')}`);
  const known = new Set(before.map(({ id }) => id));
  return {
    kept: keptOf(
      cli,
      runs.filter(({ id }) => !known.has(id)),
    ),
    problems,
  };
}
