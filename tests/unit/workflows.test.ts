import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const project = resolve(import.meta.dirname, '../..');
const folder = join(project, '.github/workflows');

const permissionsSchema = z.record(z.string(), z.enum(['read', 'write', 'none']));
const stepSchema = z.strictObject({
  name: z.string().optional(),
  if: z.string().optional(),
  shell: z.literal('bash').optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const jobSchema = z.strictObject({
  name: z.string().optional(),
  needs: z.string().optional(),
  uses: z.string().optional(),
  strategy: z
    .strictObject({
      'fail-fast': z.boolean().optional(),
      matrix: z.union([
        z.strictObject({ os: z.array(z.string()) }),
        z.strictObject({ include: z.array(z.strictObject({ os: z.string(), target: z.string() })) }),
      ]),
    })
    .optional(),
  'runs-on': z.string().optional(),
  'timeout-minutes': z.number().optional(),
  permissions: permissionsSchema.optional(),
  steps: z.array(stepSchema).default([]),
});
// A key that is not known here is a slip of the pen, or a part of the syntax that no rule below has looked at.
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: permissionsSchema,
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.string() }).optional(),
  jobs: z.record(z.string(), jobSchema),
});

const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const workflow = workflowSchema.parse(parse(text));
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => ({ name, ...job }));
  return { file, text, ...workflow, jobs, steps: jobs.flatMap(({ steps }) => steps) };
});
const workflow = (file: string) => {
  const found = workflows.find((one) => one.file === file);
  if (!found) throw new Error(`there is no ${file}`);
  return found;
};
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')));

describe.each(workflows)('the workflow $file', ({ text, permissions, jobs, steps }) => {
  it('names actions of others by their commit, with the version beside it', () => {
    const used = text.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(used.length).toBeGreaterThan(0);
    for (const line of used)
      expect(line).toMatch(
        /uses: (?:\.\/\.github\/workflows\/[\w-]+\.yml|\.\/resources\/ci\/github|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
      );
  });

  it('may read the repository; what writes is a job of its own that runs nothing of it', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of jobs.filter(({ permissions: own }) => own !== undefined)) {
      expect(job.permissions).toEqual({ contents: 'write' });
      expect(job.steps.filter(({ uses, run }) => uses?.startsWith('actions/checkout') || run?.includes('npm'))).toEqual(
        [],
      );
    }
  });

  it('leaves no token in the checkout', () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  it('puts nothing into a command that somebody else may have written', () => {
    const commands = steps.map(({ run = '' }) => run).join('\n');
    expect([...commands.matchAll(/\$\{\{\s*([\w.]+)/g)].map(([, name]) => name)).toEqual([]);
  });

  it('installs once in a job, and runs scripts that there are', () => {
    for (const { name, steps: own } of jobs) {
      const commands = own.flatMap(({ run = '' }) => run.split('\n').map((line) => line.trim()));
      const usesNpm = commands.some((line) => line.startsWith('npm '));
      expect({ name, installs: commands.filter((line) => line === 'npm ci').length }).toEqual({
        name,
        installs: usesNpm ? 1 : 0,
      });
      const ran = commands.flatMap((line) => /^npm run (\S+)/.exec(line)?.[1] ?? []);
      expect(ran.filter((script) => !(script in scripts))).toEqual([]);
    }
  });

  it('ends every job that hangs', () => {
    for (const { name, uses, 'timeout-minutes': minutes } of jobs)
      expect({ name, isLimited: uses !== undefined || minutes !== undefined }).toEqual({ name, isLimited: true });
  });
});

describe('continuous integration', () => {
  it('holds a change on Linux, macOS and Windows: lint, types, build and every kind of test', () => {
    const { on, jobs, steps } = workflow('ci.yml');
    expect(Object.keys(on)).toEqual(['pull_request', 'push', 'workflow_call']);
    const [job] = jobs;
    const matrix = job?.strategy?.matrix;
    const systems = matrix !== undefined && 'os' in matrix ? matrix.os : [];
    expect(systems.map((name) => name.split('-')[0])).toEqual(['ubuntu', 'macos', 'windows']);
    const commands = steps.map(({ run }) => run);
    for (const script of ['lint', 'typecheck', 'build', 'test:unit', 'test:integration', 'test:e2e'])
      expect(commands).toContain(`npm run ${script}`);
  });

  it('has the same bytes of every file on the three systems', () => {
    // Git for Windows writes CRLF where nothing forbids it, which the linter refuses and fixtures do not survive.
    expect(readFileSync(join(project, '.gitattributes'), 'utf8').split('\n')).toContain('* -text');
  });

  it('comes before a package, and a package before a release', () => {
    const jobs = Object.fromEntries(workflow('release.yml').jobs.map((job) => [job.name, job]));
    expect(jobs.test?.uses).toBe('./.github/workflows/ci.yml');
    expect(jobs.package?.needs).toBe('test');
    expect(jobs.draft?.needs).toBe('package');
  });

  it('packages for the processors of macOS on machines that have them, and unsigned without a certificate', () => {
    const [job] = workflow('release.yml').jobs.filter(({ name }) => name === 'package');
    const matrix = job?.strategy?.matrix;
    const systems = matrix !== undefined && 'include' in matrix ? matrix.include.map(({ os }) => os) : [];
    expect(systems).toEqual(['ubuntu-24.04', 'macos-15', 'macos-15-intel', 'windows-2025']);
    const signed = job?.steps.filter(({ env = {} }) => 'CSC_LINK' in env) ?? [];
    expect(signed).toHaveLength(1);
    // An empty secret is an empty variable, which electron-builder takes for the path of a certificate.
    expect(signed[0]?.run).toContain('if [ -z "$CSC_LINK" ]; then unset CSC_LINK');
    const { mac, electronFuses } = z
      .object({ mac: z.object({ target: z.unknown() }), electronFuses: z.record(z.string(), z.boolean()) })
      .parse(parse(readFileSync(join(project, 'electron-builder.yml'), 'utf8')));
    expect(mac.target).toEqual(['dmg']);
    expect(electronFuses.resetAdHocDarwinSignature).toBe(true);
  });
});

describe('tools', () => {
  const ownFiles = ['scripts', 'tests', 'bench', 'electron', 'shared', 'renderer'].flatMap((name) =>
    readdirSync(join(project, name), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:mjs|tsx?)$/.test(file))
      .map((file) => join(name, file)),
  );
  const shims = /['/]\.bin['/]/;

  it('are not started from the folder of shims, which are shell scripts on Windows', () => {
    expect(ownFiles.length).toBeGreaterThan(500);
    expect(ownFiles.filter((file) => shims.test(readFileSync(join(project, file), 'utf8')))).toEqual([]);
    expect(Object.values(scripts).filter((script) => shims.test(script))).toEqual([]);
  });
});
