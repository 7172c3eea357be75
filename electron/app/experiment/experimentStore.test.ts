import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../../shared/experiment/experiment';
import { environment, level } from '../../../tests/support/factories';
import { keepExperiment, readExperiment, readResumable } from './experimentStore';
import { parseVariant } from './variants';

function experiment(...variants: string[]): Experiment {
  return {
    schema: 'proofload.experiment/1',
    id: '20261123-000000-abcdef',
    startedAt: '2026-11-23T00:00:00.000Z',
    state: 'stopped',
    scenario: level('level-2'),
    variants: variants.map(parseVariant),
    plan: { pairs: 2, untilSure: false, band: 0.02, metric: 'p95' },
    environment,
    runs: [],
    comparisons: [],
  };
}

describe('an experiment that is kept', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-experiments-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has no secret of its variants, and then cannot be resumed', () => {
    const made = experiment('http://127.0.0.1/?token=typed-1', 'http://typed-2:typed-3@127.0.0.1/');
    expect(made.variants.map(({ name }) => name)).toEqual(['http://127.0.0.1/?token=***', 'http://***@127.0.0.1/']);
    keepExperiment(folder, made);
    expect(readFileSync(join(folder, 'experiments', `${made.id}.json`), 'utf8')).not.toContain('typed-');
    expect(readExperiment(folder, made.id).variants).toHaveLength(2);
    expect(() => readResumable(folder, made.id)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('{{secret.API_TOKEN}}') }),
    );
  });

  it('of an earlier version loses its secrets when it is read, in its file too, and says so when it is to go on', () => {
    const made = experiment('http://127.0.0.1/?token=typed-1', 'memory');
    mkdirSync(join(folder, 'experiments'));
    const file = join(folder, 'experiments', `${made.id}.json`);
    writeFileSync(file, JSON.stringify(made));
    expect(JSON.stringify(readExperiment(folder, made.id))).not.toContain('typed-');
    expect(readFileSync(file, 'utf8')).not.toContain('typed-');
    expect(() => readResumable(folder, made.id)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('can be resumed where its secrets have names, or it has none', () => {
    const made = experiment('http://127.0.0.1/?token={{secret.API_TOKEN}}', 'memory');
    keepExperiment(folder, made);
    expect(readResumable(folder, made.id)).toEqual(made);
  });
});
