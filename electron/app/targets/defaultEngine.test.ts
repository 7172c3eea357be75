import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import { chooseEngine, defaultEngine, keepDefaultEngine } from './defaultEngine';

describe('the engine that is used when none is named', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is sqlite, then the one that was chosen with its settings, and PROOFLOAD_STORAGE goes before both', () => {
    expect(defaultEngine(folder, {})).toEqual(engineConfig('sqlite'));
    const chosen = engineConfig('hybrid', { synchronous: 'normal' });
    keepDefaultEngine(folder, chosen);
    expect(defaultEngine(folder, {})).toEqual(chosen);
    expect(defaultEngine(folder, { PROOFLOAD_STORAGE: 'stress' })).toEqual(engineConfig('memory'));
    expect(chooseEngine(folder, undefined, [['memoryMb', '64']])).toEqual(
      engineConfig('hybrid', { synchronous: 'normal', memoryMb: 64 }),
    );
    expect(chooseEngine(folder, 'sqlite', [])).toEqual(engineConfig('sqlite'));
  });

  it('is sqlite when what was kept is unreadable', () => {
    writeFileSync(join(folder, 'settings.json'), '{"engine":{"kind":"engine","engine":"punch-cards"}}');
    expect(defaultEngine(folder, {})).toEqual(engineConfig('sqlite'));
  });
});
