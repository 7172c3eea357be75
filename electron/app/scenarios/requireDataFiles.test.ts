import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { level } from '../../../tests/support/factories';
import { dataPathsOf, requireDataFiles } from './requireDataFiles';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-data-files-'));
  writeFileSync(join(folder, 'users.csv'), 'name,mail\nann,a@x.test\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function scenario(url: string, file = 'users.csv'): Scenario {
  return scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    journeys: [{ name: 'visit', steps: [{ url }] }],
    dataFiles: [{ name: 'users', file }],
  });
}

async function check(checked: Scenario): Promise<void> {
  const dataPaths = dataPathsOf(checked, folder);
  await requireDataFiles({ scenario: checked, ...(dataPaths ? { dataPaths } : {}) });
}

it('data files are looked for beside the scenario, with the columns that it uses and a first row', async () => {
  await check(scenario('/{{users.name}}/{{users.mail}}'));
  await expect(check(scenario('/{{users.id}}'))).rejects.toMatchObject({
    code: 'data-invalid',
    message: expect.stringContaining('no column id'),
  });
  writeFileSync(join(folder, 'empty.csv'), 'name\n');
  await expect(check(scenario('/{{users.name}}', 'empty.csv'))).rejects.toMatchObject({ code: 'data-invalid' });
  expect(() => dataPathsOf(scenario('/', 'none.csv'), folder)).toThrow(/none\.csv/);
});

it('data files have no place where the file of the scenario is not known', () => {
  expect(() => dataPathsOf(scenario('/{{users.name}}'), undefined)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('this file is not known') }),
  );
  expect(dataPathsOf(level('level-0'), undefined)).toBeUndefined();
});
