import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attribution } from '../../../shared/attribution/attribution';
import { type RunDocument, runDocumentSchema } from '../../../shared/run/document';
import { exitCodes } from '../../../shared/run/verdict';
import { Cli, type CliResult } from '../../support/cli';
import { rightVerdicts } from '../../support/rightVerdicts';

const slowDisk = resolve(import.meta.dirname, '../../../docs/guides/slow-disk.json');

/** A machine that is busy with something else has a cause of its own, and must name that one. */
function causeOf({ causes }: Attribution): string | undefined {
  return causes.find(({ cause }) => cause !== 'processor-withheld')?.cause ?? causes[0]?.cause;
}

function attributionOf({ attribution }: RunDocument): Attribution {
  if (!attribution) throw new Error('the run has no attribution');
  return attribution;
}

describe('level 1 on sqlite-json', () => {
  let cli: Cli;
  /** What all of these tests look at: the climb that came to it, its document, and how the history shows it. */
  let climbed: CliResult;
  let scenarioIds: string[];
  let document: RunDocument;
  let shown: string;
  beforeAll(async () => {
    cli = new Cli();
    climbed = await cli.run('climb', '--engine', 'sqlite-json', '--duration', '4s');
    const listed: { id: string; scenarioId: string }[] = JSON.parse(
      (await cli.run('history', 'list', '--json')).stdout,
    );
    scenarioIds = listed.map(({ scenarioId }) => scenarioId);
    const id = listed[0]?.id ?? '';
    document = runDocumentSchema.parse(JSON.parse((await cli.run('history', 'show', id, '--json')).stdout));
    shown = (await cli.run('history', 'show', id)).stdout;
  });
  afterAll(() => cli.dispose());

  it('stops a climb, as the report was stopped', () => {
    expect(climbed.stdout).toMatch(/Level 2 stays locked\. Requires level 1 with P95 below 100 ms; /);
    expect(scenarioIds).toEqual(['level-1', 'level-0']);
    expect(climbed.code).toBe(exitCodes[document.verdict]);
  });

  it('fails as the report did: the cached reads wait behind the scans', () => {
    const { metrics, thresholds, verdict } = document;
    expect(rightVerdicts(document, 'failed')).toContain(verdict);
    expect(thresholds.find(({ expression }) => expression === 'p(95)<50')?.ok).toBe(false);
    expect(metrics.cache_hit.rate).toBeGreaterThan(0.85);
    expect(metrics.by_operation.read?.p50 ?? 0).toBeGreaterThan(50);
  });

  it('is told apart from a disk that flushes slowly, which gives the same figures', async () => {
    const scans = attributionOf(document);
    expect(['server.decode', 'processor-withheld']).toContain(causeOf(scans));
    expect(scans.by_operation.read?.all?.parts['server.loop']).toBeGreaterThan(100);
    expect(scans.notes.join()).toMatch(/Held up by the requests before them.*read \(/);
    expect(shown).toContain("waiting for the service's event loop");

    const args = ['--engine', 'sqlite-json', '--engine-setting', 'commitDelayMs=24', '--duration', '4s'];
    const { stderr } = await cli.run('run', slowDisk, ...args, '--no-save', '--out', cli.file('disk.json'));
    const disk = attributionOf(cli.document('disk.json'));
    expect(['server.commit', 'processor-withheld'], stderr).toContain(causeOf(disk));
    expect(disk.by_operation.update?.all?.parts['server.commit']).toBeGreaterThan(24);
    expect(disk.notes.join()).toMatch(/Conversion of documents.* 0 % of update/);
  });

  it('keeps level 2 locked; a run of it all the same says so, and one of level 0 does not', async () => {
    const out = cli.file('run.json');
    const briefly = ['--engine', 'sqlite-json', '--duration', '1s', '--warmup', '0s'];
    const run = await cli.run('run', 'level-2', ...briefly, '--out', out);
    expect(run.stdout).toMatch(/Gate +the level was locked: Requires level 1/);
    expect(cli.document('run.json').gate).toMatchObject({ open: false });

    await cli.run('run', 'level-0', ...briefly, '--out', out);
    expect(cli.document('run.json').gate).toEqual({ open: true, reason: null });
  });
});
