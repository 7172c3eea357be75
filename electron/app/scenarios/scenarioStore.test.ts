import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDraft } from '../../../shared/scenario/draft';
import { deleteScenario, keepScenario, readScenarios, requireScenario } from './scenarioStore';

describe('scenarios of the user', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-scenarios-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const draft = newDraft(new Set());

  it('are kept as files, found by their id, renamed and deleted', () => {
    keepScenario(folder, draft, undefined);
    expect(requireScenario(folder, 'my-scenario').name).toBe('My scenario');
    keepScenario(folder, { ...draft, id: 'other', name: 'Other' }, 'my-scenario');
    expect(readdirSync(join(folder, 'scenarios'))).toEqual(['other.json']);
    expect(deleteScenario(folder, 'other').name).toBe('Other');
    expect(readScenarios(folder)).toEqual({ scenarios: [], problems: [] });
    expect(() => requireScenario(folder, 'other')).toThrow(expect.objectContaining({ code: 'scenario-unknown' }));
  });

  it('never take the place of another, or of a level', () => {
    keepScenario(folder, draft, undefined);
    for (const id of ['my-scenario', 'level-2'])
      expect(() => keepScenario(folder, { ...draft, id, name: 'x' }, undefined)).toThrow(
        expect.objectContaining({ code: 'scenario-invalid' }),
      );
    expect(requireScenario(folder, 'level-2').name).toBe('Target');
    expect(() => deleteScenario(folder, 'level-2')).toThrow();
  });

  it('are not kept when they are none, and nothing outside their folder is touched', () => {
    expect(() => keepScenario(folder, { ...draft, name: '' }, undefined)).toThrow(/name/);
    for (const id of ['../settings', '/etc/passwd', '..', 'A'])
      expect(() => requireScenario(folder, id)).toThrow(expect.objectContaining({ code: 'scenario-unknown' }));
    expect(existsSync(join(folder, 'scenarios'))).toBe(false);
  });

  it('that are damaged are named, and hide no other', () => {
    keepScenario(folder, draft, undefined);
    mkdirSync(join(folder, 'scenarios'), { recursive: true });
    writeFileSync(join(folder, 'scenarios', 'broken.json'), '{');
    const { scenarios, problems } = readScenarios(folder);
    expect(scenarios).toHaveLength(1);
    expect(problems).toMatchObject([{ file: 'broken.json' }]);
  });
});
