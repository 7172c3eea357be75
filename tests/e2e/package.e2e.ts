import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '../support/app';
import { buildPackage, launchPackage } from '../support/packagedApp';

test.describe('the package', () => {
  let folder: string;
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-package-'));
  });
  test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('runs level 0 with what is in it alone, locked by its fuses', async ({ dataFolder }) => {
    test.setTimeout(240_000);
    const { program, resources } = await buildPackage(folder);

    const inside = listPackage(join(resources, 'app.asar'), { isPack: false });
    for (const file of ['/out/main/index.js', '/resources/sample-run.json', '/resources/icons/icon.png'])
      expect(inside).toContain(file);
    expect(
      inside.filter((path) => /^\/(tests|docs|bench|scripts|renderer|electron)\b|\.map$|node-linux/.test(path)),
    ).toEqual([]);
    expect(readdirSync(join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds'))).toEqual([
      `linux-${process.arch}.node`,
    ]);
    expect(existsSync(join(resources, 'app.asar.unpacked/resources/compose.yaml'))).toBe(true);

    const fuses = await getCurrentFuseWire(program);
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
    ])
      expect(fuses[off]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);

    const { page, close } = await launchPackage(program, resources, dataFolder);
    await expect(page.locator('.app[data-ready=true]')).toBeVisible();
    await page.locator('input[name=level][value=level-0]').check({ force: true });
    await page.locator('input[name=engine][value=sqlite]').check({ force: true });
    await page.keyboard.press('r');
    await expect(page.getByTestId('verdict')).toBeVisible({ timeout: 90_000 });
    await expect(page.getByTestId('verdict')).toContainText('Passed');
    await close();
    expect(existsSync(join(dataFolder, 'history.sqlite'))).toBe(true);
  });
});
