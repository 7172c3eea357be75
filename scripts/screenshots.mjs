// `npm run screenshots`: takes the pictures of the README from the real window, under a virtual display where there is none.
// `npm run screenshots -- sheet` takes all screens and states in three sizes, at 200 % zoom and in both themes, from a made history, and puts them on a sheet for each.
// `npm run screenshots -- guide` walks the guide "Test your own service" against a small shop; one minute.
// `npm run screenshots -- icon` makes the icon of the packages from its drawing.
// `npm run screenshots -- compare` takes those of the comparison, `npm run screenshots -- options` measures the options first, which takes 20 minutes; a second one shows the same figures.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeContactSheets } from './pictures/contactSheet.mjs';
import { takeGuide } from './pictures/guide.mjs';
import { drawOn, openWindow } from './pictures/openWindow.mjs';
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureBuild } from './setup/build.mjs';
import { root } from './setup/paths.mjs';
import { withDisplay } from './setup/withDisplay.mjs';

/** The figures are those of the command line, which measures with the SQLite that people have. */
async function takeOptions() {
  const dataFolder = join(root, 'test-results/screenshots-options');
  if (!existsSync(join(dataFolder, 'experiments'))) {
    const cli = [join(root, 'out/main/cli.js'), 'options', '--data-dir', dataFolder];
    spawnSync(process.execPath, cli, { stdio: 'inherit' });
  }
  const { app, page, shoot } = await openWindow(dataFolder, { width: 1440, height: 1500 });
  await page.keyboard.press('o');
  await page.getByTestId('recommendation').waitFor();
  await shoot('options');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot('options-light');
  await app.close();
}

/** Two runs of ours and one of Artillery beside each other; the figures are those of the command line. */
async function takeComparison() {
  const dataFolder = join(root, 'test-results/screenshots-compare');
  const proofload = (...args) =>
    spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...args, '--data-dir', dataFolder], {
      stdio: 'inherit',
    });
  if (!existsSync(dataFolder)) {
    // The noise of the machine is known when four other runs like the baseline are there.
    for (let time = 0; time < 5; time += 1)
      proofload('run', 'level-2', '--engine', 'memory', '--duration', '20s', '--quiet');
    for (const engine of ['sqlite', 'sqlite-json'])
      proofload('run', 'level-2', '--engine', engine, '--duration', '20s', '--quiet');
    proofload('import', join(root, 'tests/fixtures/imports/artillery-2.0.34.json'));
  }
  const { app, page, shoot } = await openWindow(dataFolder, { width: 1440, height: 1900 });
  const runs = await page.evaluate(async () => (await window.proofload.listRuns({ limit: 10 })).value);
  const newest = (target) => runs.find((run) => run.target === target)?.id;
  await page.keyboard.press('h');
  for (const target of ['memory', 'sqlite', 'sqlite-json'])
    await page
      .locator(`[data-run="${newest(target)}"]`)
      .getByRole('checkbox')
      .check();
  await page.getByRole('button', { name: 'Compare', exact: true }).last().click();
  await page.locator('[data-chart="Heatmap C"] canvas').waitFor();
  await shoot('compare');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot('compare-light');
  await app.close();
}

/** The icon in the form that packages are made of. */
async function makeIcon() {
  const { app, page } = await openWindow(join(root, 'test-results/screenshots-icon'), { width: 1280, height: 800 });
  const source = readFileSync(join(root, 'resources/icons/icon.svg')).toString('base64');
  const draw = async (svg) => {
    const canvas = document.createElement('canvas');
    canvas.width = 1_024;
    canvas.height = 1_024;
    const image = new Image();
    image.src = `data:image/svg+xml;base64,${svg}`;
    await image.decode();
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/png');
  };
  writeFileSync(join(root, 'resources/icons/icon.png'), await drawOn(page, draw, source));
  await app.close();
}

async function takeRuns() {
  const dataFolder = join(root, 'test-results/screenshots');
  rmSync(dataFolder, { recursive: true, force: true });
  const { app, page, shoot } = await openWindow(dataFolder, { width: 1280, height: 960 });
  const run = async (level, engine) => {
    const change = page.getByRole('button', { name: 'Change', exact: true });
    if ((await change.getAttribute('aria-expanded')) === 'false') await change.click();
    await page.locator(`input[name=level][value=level-${level}]`).check({ force: true });
    await page.locator(`input[name=engine][value=${engine}]`).check({ force: true });
    await page.keyboard.press('r');
  };
  const verdict = page.getByTestId('verdict');

  // Levels at full length, because a quick run of level 1 does not unlock level 2.
  await run(1, 'sqlite');
  await verdict.waitFor({ timeout: 200_000 });
  await run(2, 'sqlite');
  await page.getByText(/Running, 0:3\d left/).waitFor({ timeout: 200_000 });
  await shoot('running');
  await verdict.waitFor({ timeout: 60_000 });
  await shoot('finished');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot('finished-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByLabel(/Quick run/).check();
  await run(1, 'sqlite-json');
  await page.getByRole('progressbar').waitFor();
  await page.getByRole('region', { name: 'Where did the time go?' }).waitFor({ timeout: 60_000 });
  await page
    .getByRole('region', { name: 'Where the time went' })
    .evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await shoot('time-spent');
  await page.keyboard.press('h');
  await page.getByRole('table').waitFor();
  await shoot('history');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.press('i');
  await page.getByRole('button', { name: 'Test SQLite, optimised' }).click();
  await page.getByText('✓ conforms').waitFor({ timeout: 120_000 });
  await shoot('integrity');
  await page.keyboard.press('g');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByLabel(/Record a CPU profile/).check();
  await run(1, 'sqlite-json');
  await page.locator('[data-chart="Flame graph"] canvas').waitFor({ timeout: 60_000 });
  await page.locator('[data-chart="Flame graph"]').evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await shoot('profile');
  await app.close();
}

const sets = {
  guide: takeGuide,
  options: takeOptions,
  compare: takeComparison,
  sheet: makeContactSheets,
  icon: makeIcon,
};

await bootstrap(import.meta.url, async ([name]) => {
  await ensureBuild();
  await withDisplay(sets[name] ?? takeRuns);
  return 0;
});
