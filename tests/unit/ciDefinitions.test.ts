import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { validate } from '@actions/languageservice';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { z } from 'zod';

const project = resolve(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(project, file), 'utf8');

const actionSchema = z.object({
  inputs: z.record(
    z.string(),
    z.object({ description: z.string(), required: z.boolean().optional(), default: z.string().optional() }),
  ),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.array(
      z.object({
        id: z.string().optional(),
        uses: z.string().optional(),
        run: z.string().optional(),
        shell: z.string().optional(),
      }),
    ),
  }),
});
const action = actionSchema.parse(parse(textOf('resources/ci/github/action.yml')));
const jobSchema = z.object({ script: z.array(z.string()), variables: z.record(z.string(), z.string()) });
const job = jobSchema.parse(
  z.object({ '.proofload': z.unknown() }).parse(parse(textOf('resources/ci/gitlab/proofload.gitlab-ci.yml')))[
    '.proofload'
  ],
);

let looked = 0;

/** What GitHub's own language service says of a workflow or an action. It keeps what it has read under its URI. */
async function objections(file: string, text = textOf(file)): Promise<string[]> {
  looked += 1;
  const found = await validate(TextDocument.create(`file:///${looked}/${file}`, 'yaml', 1, text));
  return found.map(({ message }) => (typeof message === 'string' ? message : message.value));
}

const workflows = readdirSync(join(project, '.github/workflows')).map((file) => `.github/workflows/${file}`);
const actionFile = 'resources/ci/github/action.yml';

describe('the definitions for GitHub', () => {
  it.each([...workflows, actionFile])('are right by its own language service: %s', async (file) => {
    expect(await objections(file)).toEqual([]);
  });

  it.each([
    [actionFile, 'shell: bash', 'shel: bash'],
    [actionFile, 'using: composite', 'using: composit'],
    ['.github/workflows/ci.yml', 'runs-on: ubuntu-24.04', 'runs-onn: ubuntu-24.04'],
    ['.github/workflows/ci.yml', '${' + '{ matrix.os }}', '${' + '{ matrx.os }}'],
  ])('would be found wrong: %s with %s as %s', async (file, right, wrong) => {
    const text = textOf(file);
    expect(text).toContain(right);
    expect(await objections(file, text.replace(right, wrong))).not.toEqual([]);
  });
});

describe('the job for GitLab', () => {
  const file = 'resources/ci/gitlab/proofload.gitlab-ci.yml';
  const extended = '\nspeed:\n  extends: .proofload\n  variables:\n    PROOFLOAD_SCENARIO: level-0\n';

  /** What a runner of GitLab CI reads of a pipeline (gitlab-ci-local, which holds it to the schema of GitLab). */
  function listed(pipeline: string): { code: number | null; jobs: string } {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-gitlab-'));
    writeFileSync(join(folder, '.gitlab-ci.yml'), pipeline);
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    const args = [join(project, 'node_modules/gitlab-ci-local/dist/index.js'), '--list-json'];
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' },
    });
    rmSync(folder, { recursive: true, force: true });
    return { code: status, jobs: stdout };
  }

  it('is right by the schema of GitLab, and has what it is extended with', () => {
    const { code, jobs } = listed(textOf(file) + extended);
    expect(code).toBe(0);
    expect(jobs).toContain('"name": "speed"');
  });

  it('would be found wrong', () => {
    for (const [right, wrong] of [
      ['  script:', '  scrpt:'],
      ['exit_codes: 75', 'exit_codes: often'],
    ] as const) {
      const text = textOf(file);
      expect(text).toContain(right);
      expect(listed(text.replace(right, wrong) + extended).code).not.toBe(0);
    }
  });
});

/** Stands for Proofload: notes the words of each call and ends with the codes it is given, one after the other. */
const standIn = `
import { appendFileSync, readFileSync, existsSync } from 'node:fs';
const [log, codes] = [process.env.STAND_IN_LOG, process.env.STAND_IN_CODES.split(',')];
const calls = existsSync(log) ? readFileSync(log, 'utf8').split('\\n').length - 1 : 0;
appendFileSync(log, JSON.stringify(process.argv.slice(2)) + '\\n');
process.exit(Number(codes[calls] ?? 0));
`;

describe.skipIf(process.platform === 'win32')('what CI systems run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-ci-'));
    writeFileSync(join(folder, 'proofload.mjs'), standIn);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function bash(
    script: string,
    env: Record<string, string>,
  ): { code: number | null; calls: string[][]; stderr: string } {
    const log = join(folder, 'calls');
    // As runners start it: any command that fails ends the step.
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, STAND_IN_LOG: log, ...env },
    });
    writeFileSync(log, '', { flag: 'a' });
    const calls = readFileSync(log, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => z.array(z.string()).parse(JSON.parse(line)));
    return { code: status, calls, stderr };
  }

  function step(inputs: Record<string, string>, codes: string): ReturnType<typeof bash> & { outputs: string } {
    const script = action.runs.steps.find(({ id }) => id === 'run')?.run ?? '';
    const output = join(folder, 'output');
    writeFileSync(output, '');
    const ran = bash(script, {
      SCENARIO: 'level-2',
      ARGUMENTS: '',
      RESULTS: 'results',
      ATTEMPTS: action.inputs.attempts?.default ?? '',
      ...inputs,
      PROOFLOAD: join(folder, 'proofload.mjs'),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      STAND_IN_CODES: codes,
    });
    return { ...ran, outputs: readFileSync(output, 'utf8') };
  }

  it('the action of GitHub runs the scenario with its words, and ends as the run does', () => {
    const passed = step({ ARGUMENTS: '--url\nhttp://127.0.0.1:1/?a=b c\n\n-H\nAccept: $(touch here)\n' }, '0');
    expect(passed.stderr).toBe('');
    expect(passed.calls).toEqual([
      [
        ...['run', 'level-2', '--quiet', '--out', 'results/run.json', '--junit', 'results/run.xml'],
        ...['--html', 'results/run.html', '--summary-markdown', join(folder, 'summary.md')],
        ...['--url', 'http://127.0.0.1:1/?a=b c', '-H', 'Accept: $(touch here)'],
      ],
    ]);
    expect(passed.outputs).toBe('document=results/run.json\ncode=0\n');
    const failed = step({}, '0,99');
    expect([failed.code, failed.outputs]).toEqual([99, 'document=results/run.json\ncode=99\n']);
  });

  it('the action of GitHub makes an inconclusive run again, so often and no more', () => {
    const settled = step({}, '75,0');
    expect([settled.code, settled.calls.length]).toEqual([0, 2]);
    rmSync(join(folder, 'calls'));
    const unsettled = step({ ATTEMPTS: '3' }, '75,75,75,0');
    expect([unsettled.code, unsettled.calls.length]).toEqual([75, 3]);
  });

  it('the job of GitLab runs the scenario with its words', () => {
    mkdirSync(join(folder, '.proofload/scripts'), { recursive: true });
    writeFileSync(join(folder, '.proofload/scripts/proofload.mjs'), standIn);
    // All but what fetches the repository.
    const lines = job.script.filter((line) => !line.startsWith('git '));
    const { code, calls } = bash(lines.join('\n'), {
      ...job.variables,
      PROOFLOAD_ARGUMENTS: '--engine sqlite',
      CI_PROJECT_DIR: folder,
      STAND_IN_CODES: '75',
    });
    expect(code).toBe(75);
    expect(calls).toEqual([
      [
        ...['run', 'level-2', '--quiet', '--out', 'proofload-results/run.json', '--junit', 'proofload-results/run.xml'],
        ...['--html', 'proofload-results/run.html', '--summary-markdown', 'proofload-results/summary.md'],
        ...['--engine', 'sqlite'],
      ],
    ]);
  });
});
