import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '../support/app';
import {
  addOnHere,
  addOnsOf,
  buildInspectedPackage,
  buildPackage,
  launchInspected,
  launchPackage,
} from '../support/packagedApp';

test.describe('the package', () => {
  test.describe.configure({ mode: 'serial' });
  test.use({ hasScenarios: true });
  let folder: string;
  let program: string;
  let resources: string;
  test.beforeAll(async () => {
    test.setTimeout(540_000);
    folder = mkdtempSync(join(tmpdir(), 'proofload-package-'));
    ({ program, resources } = await buildPackage(folder));
  });
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has what it needs, the licences of what it is made of, and nothing else', () => {
    const inside = listPackage(join(resources, 'app.asar'), { isPack: false });
    for (const file of ['/out/main/index.js', '/resources/sample-run.json', '/resources/icons/icon.png'])
      expect(inside).toContain(file);
    expect(
      inside.filter((path) => /^\/(tests|docs|bench|scripts|renderer|electron)\b|\.map$|node-(linux|win)/.test(path)),
    ).toEqual([]);
    expect(readdirSync(addOnsOf(resources))).toEqual([addOnHere]);
    expect(existsSync(join(resources, 'app.asar.unpacked/resources/compose.yaml'))).toBe(true);

    const licences = (name: string): string => readFileSync(join(resources, 'licenses', name), 'utf8');
    expect(licences('LICENSE')).toMatch(/^MIT License/);
    expect(licences('main.md')).toContain('## zod - ');
    const others = licences('others.md');
    for (const bundled of ['main.md', 'preload.md', 'renderer.md'])
      for (const section of licences(bundled)
        .split(/\n(?=## \S+ - \d)/)
        .slice(1)) {
        const [heading = '', ...text] = section.split('\n');
        const [, name = ''] = /^## (\S+)/.exec(heading) ?? [];
        const hasText = text.join('').trim() !== '' || others.includes(`\n## ${name} (`);
        expect({ name, hasText }).toEqual({ name, hasText: true });
      }
    const renderer = licences('renderer.md');
    for (const name of ['react', 'react-dom', 'recharts', 'uplot', 'zustand', '@fontsource-variable/inter'])
      expect(renderer).toContain(`\n## ${name} - `);
    expect(renderer).toContain('SIL OPEN FONT LICENSE');
  });

  test('is locked by its fuses', async () => {
    const fuses = await getCurrentFuseWire(program);
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
    ])
      expect(fuses[off]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  });

  test('opens no inspector, and loads no code that its surroundings name', async ({ dataFolder }) => {
    const foreign = join(dataFolder, 'not-there');
    const app = launchPackage(program, dataFolder, ['--remote-debugging-port=0', '--inspect=0'], {
      PROOFLOAD_SQLITE_BINDING: foreign,
      NODE_OPTIONS: `--require=${foreign}`,
    });
    try {
      // It works as ever: what was named does not exist.
      await expect.poll(() => existsSync(join(dataFolder, 'history.sqlite'))).toBe(true);
    } finally {
      await app.end();
    }
    expect(app.errors()).toContain('--remote-debugging-port is for development');
    expect(app.errors()).not.toContain('listening on');
  });

  test('runs a load with what is in it alone', async ({ dataFolder }) => {
    test.setTimeout(540_000);
    const inspected = await buildInspectedPackage(join(folder, 'inspected'));
    const { page, close } = await launchInspected(inspected.program, dataFolder);
    await expect(page.locator('.app[data-ready=true]')).toBeVisible();
    await page.keyboard.press('g');
    await expect(page.locator('input[name=level][value^=level-]')).toHaveCount(8);
    await page.locator('input[name=level][value=brief]').check({ force: true });
    await page.locator('input[name=engine][value=sqlite]').check({ force: true });
    await page.keyboard.press('r');
    await expect(page.getByTestId('verdict')).toBeVisible({ timeout: 180_000 });
    await expect(page.getByTestId('verdict')).toContainText('Passed');
    await close();
    expect(existsSync(join(dataFolder, 'history.sqlite'))).toBe(true);
  });
});
