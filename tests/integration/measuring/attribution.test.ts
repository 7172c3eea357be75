import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attribution } from '../../../shared/attribution/attribution';
import { Cli } from '../../support/cli';

const slowDisk = resolve(import.meta.dirname, '../../../docs/guides/slow-disk.json');

describe('where the time went', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  async function attributionOf(...args: string[]): Promise<{ attribution: Attribution; stdout: string }> {
    const out = cli.file('run.json');
    const { stdout, stderr } = await cli.run('run', ...args, '--no-save', '--out', out);
    const { attribution } = cli.document('run.json');
    if (!attribution) throw new Error(`the run has no attribution: ${stderr}`);
    return { attribution, stdout };
  }

  /** A machine that is busy with something else has a cause of its own, and must name that one. */
  function causeOf({ causes }: Attribution): string | undefined {
    return causes.find(({ cause }) => cause !== 'processor-withheld')?.cause ?? causes[0]?.cause;
  }

  it('tells the two causes of the same figures apart: scans, and a disk that flushes slowly', async () => {
    const scans = await attributionOf('level-1', '--engine', 'sqlite-json', '--duration', '4s');
    expect(['server.decode', 'processor-withheld']).toContain(causeOf(scans.attribution));
    expect(scans.attribution.by_operation.read?.all?.parts['server.loop']).toBeGreaterThan(100);
    expect(scans.attribution.notes.join()).toMatch(/Held up by the requests before them.*read \(/);
    expect(scans.stdout).toContain("waiting for the service's event loop");

    const args = ['--engine', 'sqlite-json', '--engine-setting', 'commitDelayMs=24', '--duration', '4s'];
    const disk = await attributionOf(slowDisk, ...args);
    expect(['server.commit', 'processor-withheld']).toContain(causeOf(disk.attribution));
    expect(disk.attribution.by_operation.update?.all?.parts['server.commit']).toBeGreaterThan(24);
    expect(disk.attribution.notes.join()).toMatch(/Conversion of documents.* 0 % of update/);
  });
});
