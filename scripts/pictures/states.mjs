import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

/** Shows a screen by the list at the side and waits for the last thing that it loads. */
async function show(page, name, last) {
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true }).click();
  await last?.first().waitFor();
}

/** Scrolls until the start of an element is at the top. */
async function scrollTo(element) {
  await element.first().evaluate((found) => found.scrollIntoView({ block: 'start' }));
}

/** The list of all runs, also where one of them is open or the list is filtered. */
async function allRuns(page) {
  await show(page, 'History');
  const [replay, back] = ['Close replay', '← All runs'].map((name) => page.getByRole('button', { name }));
  await replay.or(back).or(page.getByRole('search')).first().waitFor();
  if (await replay.isVisible()) {
    await replay.click();
    await back.waitFor();
  }
  if (await back.isVisible()) await back.click();
  const clear = page.getByRole('button', { name: 'Clear filters' });
  if (await clear.isVisible()) await clear.click();
  await page.locator('[data-run]').first().waitFor();
}

async function openRun(page, id) {
  await allRuns(page);
  const row = page.locator(`[data-run="${id}"]`);
  await row.getByRole('button').first().click();
  await page.getByTestId('verdict').waitFor();
}

/** What a new user sees, on a data folder with nothing in it. */
export const firstStates = [
  ['overview: first start', ({ page }) => show(page, 'Overview', page.getByRole('region', { name: 'Next step' }))],
  ['run: before the first', ({ page }) => show(page, 'Run', page.getByText('Open the sample run'))],
  ['history: empty', ({ page }) => show(page, 'History', page.getByText('No runs yet.'))],
  ['compare: empty', ({ page }) => show(page, 'Compare', page.getByText('No runs to compare yet'))],
  ['options: empty', ({ page }) => show(page, 'Options', page.getByRole('table'))],
  ['integrity: not tested', ({ page }) => show(page, 'Integrity', page.getByText('Run the suite'))],
  ['scenarios: none chosen', ({ page }) => show(page, 'Scenarios', page.getByText('A scenario defines'))],
];

function lastOf(runs, wanted) {
  return runs.findLast(({ verdict, scenario, target }) =>
    wanted({ verdict, level: scenario.level, engine: target.engine }),
  )?.id;
}

/** What there is after some days of work, and what is shown over it. */
export const filledStates = [
  ['overview', ({ page }) => show(page, 'Overview', page.getByRole('region', { name: 'Next step' }))],
  [
    'run: passed',
    async ({ page, runs }) => {
      await openRun(
        page,
        lastOf(runs, ({ verdict, level, engine }) => verdict === 'passed' && level === 2 && engine === 'sqlite'),
      );
    },
  ],
  ['run: timeline', ({ page }) => scrollTo(page.locator('[data-chart="Response time"]'))],
  [
    'run: inconclusive',
    ({ page, runs }) =>
      openRun(
        page,
        lastOf(runs, ({ verdict }) => verdict === 'inconclusive'),
      ),
  ],
  [
    'run: moments',
    async ({ page }) => {
      await allRuns(page);
      // It is older than all others, and the list has only the rows that are seen.
      await page.locator('[data-list="runs"]').evaluate((list) => list.scrollTo(0, list.scrollHeight));
      await page.locator('[data-run^="20260101"]').getByRole('button').first().click();
      await page.getByRole('region', { name: 'Moments' }).waitFor();
      await scrollTo(page.getByRole('region', { name: 'Timeline', exact: true }));
    },
  ],
  [
    'run: failed',
    ({ page, runs }) =>
      openRun(
        page,
        lastOf(runs, ({ verdict, level }) => verdict === 'failed' && level === 1),
      ),
  ],
  ['run: where time went', ({ page }) => scrollTo(page.getByRole('region', { name: 'Where the time went' }))],
  ['run: trust', ({ page }) => scrollTo(page.getByRole('region', { name: 'Trust', exact: true }))],
  [
    'run: in progress',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Replay' }).click();
      const replay = page.getByRole('region', { name: 'Replay' });
      await replay.getByRole('button', { name: 'Pause' }).click();
      await replay.getByLabel('Position').fill('60000');
      await page.getByText(/Running, /).waitFor();
      await scrollTo(replay);
    },
  ],
  [
    'run: choosing',
    async ({ page }) => {
      await show(page, 'Run');
      const change = page.getByRole('button', { name: 'Change', exact: true });
      if ((await change.getAttribute('aria-expanded')) === 'false') await change.click();
      await page.locator('input[name=level][value=level-2]').check({ force: true });
      await page.locator('input[name=engine][value=sqlite-json]').check({ force: true });
    },
  ],
  [
    'run: refused',
    async ({ page }) => {
      await page.locator('input[name=engine][value=url]').check({ force: true });
      await page.getByRole('textbox', { name: 'URL', exact: true }).fill('http://127.0.0.1:1/');
      await page.getByLabel(/Quick run/).check();
      await page.locator('input[name=level][value=level-0]').check({ force: true });
      await page.getByRole('button', { name: /^Run level 0/ }).click();
      await page.getByRole('alert').first().waitFor({ timeout: 60_000 });
      // The address that nothing answers is not for the journeys that follow.
      const change = page.getByRole('button', { name: 'Change', exact: true });
      if ((await change.getAttribute('aria-expanded')) === 'false') await change.click();
      await page.locator('input[name=engine][value=sqlite]').check({ force: true });
      await change.click();
    },
  ],
  [
    'history',
    async ({ page }) => {
      await allRuns(page);
      await page.locator('[data-run]').nth(1).locator('td').nth(2).click();
    },
  ],
  [
    'history: no matches, no date',
    async ({ page }) => {
      await page.getByLabel('Search runs').fill('nothing has this name');
      await page.getByLabel('From', { exact: true }).fill('31/02/2026');
      await page.getByLabel('From', { exact: true }).press('Enter');
    },
  ],
  [
    'compare: suggestions',
    async ({ page }) => {
      await page.getByLabel('From', { exact: true }).fill('');
      await allRuns(page);
      await show(page, 'Compare');
    },
  ],
  [
    'compare',
    async ({ page }) => {
      await allRuns(page);
      for (const place of [0, 1, 3]) await page.locator('[data-run]').nth(place).getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Compare', exact: true }).last().click();
      await page.getByRole('table', { name: 'Compared runs' }).waitFor();
    },
  ],
  ['compare: over time', ({ page }) => scrollTo(page.locator('[data-chart]'))],
  [
    'options',
    async ({ page, dataFolder }) => {
      cpSync(join(root, 'tests/fixtures/experiments'), join(dataFolder, 'experiments'), { recursive: true });
      await show(page, 'History');
      await show(page, 'Options', page.getByRole('table', { name: 'Options' }));
    },
  ],
  ['integrity', ({ page }) => show(page, 'Integrity', page.getByText('Run the suite'))],
  [
    'settings',
    async ({ page, dataFolder }) => {
      await show(page, 'Settings', page.getByText('PostgreSQL and MongoDB with Docker'));
      // Where this was taken is nobody's business.
      await page.getByText(dataFolder, { exact: true }).evaluate((element) => {
        element.textContent = '/home/ada/.local/share/proofload';
      });
    },
  ],
  [
    'scenario: a level',
    async ({ page }) => {
      await show(page, 'Scenarios');
      await page.getByRole('button', { name: /Spike/ }).click();
    },
  ],
  [
    'scenario: a journey',
    async ({ page }) => {
      await page.getByRole('button', { name: /Checkout/ }).click();
      await scrollTo(page.getByRole('region', { name: 'Journey checkout' }));
    },
  ],
  [
    'scenario: tried',
    async ({ page }) => {
      await page.getByRole('region', { name: 'Journey checkout' }).getByRole('button', { name: 'Try it' }).click();
      await page.getByRole('region', { name: 'Try of checkout' }).waitFor();
      await scrollTo(page.getByRole('region', { name: 'Try of checkout' }));
    },
  ],
  [
    'scenario: several in one run',
    async ({ page }) => {
      await page.getByRole('button', { name: /Opening hour/ }).click();
      await page.getByRole('list', { name: 'Scenarios over time' }).waitFor();
      await scrollTo(page.getByRole('region', { name: 'Load', exact: true }));
    },
  ],
  [
    'run: several scenarios',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Select for a run' }).click();
      // A short run is shorter than its scenarios.
      const change = page.getByRole('button', { name: 'Change', exact: true });
      if ((await change.getAttribute('aria-expanded')) === 'false') await change.click();
      await page.getByLabel(/Quick run/).uncheck();
      await page.getByRole('button', { name: /^Run Opening hour/ }).click();
      await page.getByRole('progressbar').waitFor();
      await page.getByTestId('verdict').waitFor({ timeout: 60_000 });
      await page.locator('[data-chart="P95 by scenario"]').waitFor();
      await scrollTo(page.getByRole('region', { name: 'Operations', exact: true }));
    },
  ],
  [
    'dialog: import requests',
    async ({ page }) => {
      await show(page, 'Scenarios');
      await page.getByRole('button', { name: 'Import requests …' }).click();
      await page.getByRole('dialog', { name: 'Import requests' }).waitFor();
    },
  ],
  [
    'command palette',
    async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    },
  ],
  [
    'keyboard shortcuts',
    async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  ],
  [
    'sample run: CPU profile',
    async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('Find a command').fill('sample');
      await page.keyboard.press('Enter');
      const flames = page.locator('[data-chart="Flame graph"]');
      await flames.getByRole('img', { name: /Flame graph/ }).waitFor();
      await scrollTo(flames);
    },
  ],
];

/** Removes what an earlier sheet has left. */
export function emptyFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
}
