/// <reference types="vite/types/importMeta.d.ts" />
import { writeFileSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { Cli } from '../support/cli';
import { judgeRefusal, judgeRun } from './judge';
import type { RunningServer } from './serve';
import { Missing, type Situation } from './situation';

/** `./timing/hasATail.ts` reads `timing: has a tail`. */
function titleOf(path: string): string {
  const [theme = '', name = ''] = path.replace('.ts', '').split('/').slice(-2);
  return `${theme}: ${name.replace(/[A-Z]|\d+/g, (start) => ` ${start.toLowerCase()}`)}`;
}

const modules = import.meta.glob<{ situation: Situation }>('./*/*.ts', { eager: true });
/** All situations, each with the title of its test. */
export const situations: readonly (Situation & { title: string })[] = Object.entries(modules).map(
  ([path, { situation }]) => ({ title: titleOf(path), ...situation }),
);

async function startOrSkip({ start }: Situation, context: TestContext): Promise<RunningServer> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Missing) context.skip(error.message);
    throw error;
  }
}

async function load(situation: Situation, server: RunningServer, context: TestContext): Promise<void> {
  const cli = new Cli();
  try {
    const scenario = { schema: 'proofload.scenario/1', id: 'situation', name: 'Situation', ...situation.scenario };
    writeFileSync(cli.file('situation.json'), JSON.stringify(scenario));
    const args = ['run', cli.file('situation.json'), '--url', server.url, '--out', cli.file('run.json')];
    const result = await cli.start([...args, ...(situation.options ?? [])], {}, { openFiles: situation.openFiles })
      .done;
    const { expected } = situation;
    if ('verdict' in expected) {
      context.expect([0, 75, 99], result.stderr).toContain(result.code);
      judgeRun(
        context.expect,
        result,
        cli.document('run.json'),
        server.connections(),
        expected,
        situation.alone ?? false,
      );
    } else judgeRefusal(context.expect, result, expected);
  } finally {
    cli.dispose();
  }
}

/** Runs the load of a situation through the command line and holds it against what is right. */
export async function judge(situation: Situation, context: TestContext): Promise<void> {
  const server = await startOrSkip(situation, context);
  try {
    await load(situation, server, context);
  } finally {
    await server.close();
  }
}
