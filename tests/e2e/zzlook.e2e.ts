import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { expect, launch, test } from '../support/app';

const out = '/tmp/helpers/ui/board';
test('look', async () => {
  test.setTimeout(600_000);
  mkdirSync(out, { recursive: true });
  const folder = '/tmp/helpers/data-board-look';
  cpSync('/tmp/helpers/data-board', folder, { recursive: true });
  cpSync('tests/fixtures/experiments', `${folder}/experiments`, { recursive: true });
  const w = await launch(folder);
  const { page } = w;
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') process.stdout.write(`CONSOLE ${m.text()}\n`); });
  const want = (process.env.LOOK ?? 'Overview,Settings,Compare,History,Integrity,Options').split(',');
  const sizes = (process.env.SIZES ?? '1280x800,1440x900,1920x1080').split(',').map((s) => s.split('x').map(Number));
  const themes = (process.env.THEMES ?? 'dark,light').split(',');
  const shoot = async (name: string) => {
    for (const [width = 0, height = 0] of sizes) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme: colorScheme as 'dark' });
        await page.mouse.move(1, 1);
        await page.waitForTimeout(400);
        await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png` });
      }
    }
  };
  const runs = JSON.parse(await page.evaluate('window.proofload.listRuns({limit:50}).then((r)=>JSON.stringify(r.value))')) as { id: string; scenarioId: string; target: string }[];
  const mem = runs.filter((r) => r.scenarioId === 'level-2' && r.target === 'memory');
  await page.evaluate(`window.proofload.setBaseline({ id: '${mem.at(-1)?.id}', isSet: true })`);
  for (const screen of want) {
    await w.show(screen as 'Overview');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForTimeout(1500);
    await shoot(screen);
    if (screen === 'Compare') {
      await page.getByRole('region', { name: 'Recent pairs' }).getByRole('button').first().click();
      await page.getByTestId('comparison').first().waitFor();
      await page.waitForTimeout(800);
      await shoot('Compare2');
    }
    if (screen === 'Settings') {
      await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Diagnostics' }).click();
      await page.waitForTimeout(300);
      await shoot('Settings2');
    }
  }
  await w.app.close();
});
