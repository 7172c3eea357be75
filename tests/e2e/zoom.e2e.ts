import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator } from '@playwright/test';
import { type AppWindow, expect, test } from '../support/app';

const runs = resolve(import.meta.dirname, '../fixtures/screens');

/** What a screen is for, by the controls that do it. */
type Reached = (appWindow: AppWindow) => readonly Locator[];

const named = ({ page }: AppWindow, ...names: (string | RegExp)[]): Locator[] =>
  names.map((name) => page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first());

const screens: readonly (readonly [screen: Parameters<AppWindow['show']>[0], reached: Reached])[] = [
  ['Overview', (appWindow) => [appWindow.page.getByRole('region', { name: 'Next step' }).getByRole('button')]],
  ['Run', (appWindow) => named(appWindow, 'Change', /^Run level/, 'Climb the levels from 0', 'Calibrate')],
  ['Scenarios', (appWindow) => named(appWindow, 'New scenario', 'Import requests …', /Spike/)],
  ['Options', (appWindow) => named(appWindow, /^Measure the options/)],
  ['History', (appWindow) => named(appWindow, 'Import …', 'Columns', 'Open the calendar: From')],
  ['Compare', (appWindow) => named(appWindow, 'Go to History')],
  ['Integrity', (appWindow) => named(appWindow, /^Test SQLite, optimised/)],
  ['Settings', (appWindow) => named(appWindow, 'Appearance', 'Diagnostics')],
];

/** What is wider than its place, but for tables and words that scroll within their own frame. */
const wider = `(() => {
  const scrolls = (element) => {
    for (let at = element; at; at = at.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX) && !at.matches('.app-main, body, html')) return true;
    return false;
  };
  const frames = [document.documentElement, ...document.querySelectorAll('.app-main, [role=dialog]')];
  const found = frames
    .filter((frame) => frame.scrollWidth > frame.clientWidth)
    .map((frame) => frame.tagName + '.' + frame.className + ' is ' + frame.scrollWidth + ' wide in ' + frame.clientWidth);
  const out = [...document.querySelectorAll('button, input, select, textarea, a, h1, h2, h3, p')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (right > innerWidth + 1 || left < -1) && !scrolls(element.parentElement);
  });
  return [...found, ...out.map((element) => element.tagName + ' ' + (element.ariaLabel ?? element.textContent).slice(0, 40))];
})()`;

/** Whether a control is in sight once it is scrolled to: nothing covers its middle. */
async function isInSight(control: Locator): Promise<boolean> {
  await control.scrollIntoViewIfNeeded();
  return control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  });
}

async function expectRoom({ page }: AppWindow, where: string): Promise<void> {
  expect.soft({ where, wider: await page.evaluate(wider) }).toEqual({ where, wider: [] });
}

test('at 200 % zoom of 1280 by 800 nothing is wider than the window, and all actions are reached', async ({
  appWindow,
}) => {
  test.slow();
  const { app, page } = appWindow;
  const paths = readdirSync(runs).map((file) => resolve(runs, file));
  await page.evaluate(`window.proofload.importFiles({ paths: ${JSON.stringify(paths)} })`);
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(1280, 800);
    window?.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate('[innerWidth, innerHeight].join()')).toBe('640,400');

  for (const [screen, reached] of screens) {
    await appWindow.show(screen);
    for (const control of reached(appWindow)) {
      await expect(control, `${screen}: ${control}`).toBeVisible();
      await expect.poll(() => isInSight(control), { message: `${screen}: ${control} is in sight` }).toBe(true);
    }
    await expectRoom(appWindow, screen);
  }

  // A run, the form of a scenario, and what stands over the screens.
  await appWindow.show('History');
  await page.locator('[data-run]').first().getByRole('button').first().click();
  await expect(appWindow.verdict).toBeVisible();
  await expectRoom(appWindow, 'a run');
  await page.getByRole('button', { name: '← All runs' }).click();
  await page.getByLabel('Select all loaded runs').check();
  await page.getByRole('button', { name: 'Compare', exact: true }).last().click();
  await expect(page.getByRole('table', { name: 'Compared runs' })).toBeVisible();
  await expectRoom(appWindow, 'a comparison');
  await appWindow.show('Scenarios');
  await page.getByRole('button', { name: /Spike/ }).click();
  // What was chosen is seen without a scroll.
  await expect(page.getByRole('button', { name: 'Duplicate', exact: true })).toBeInViewport();
  await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
  await page.getByRole('radio', { name: 'journeys to a service of your own' }).check();
  await expectRoom(appWindow, 'a journey');
  await page.getByRole('radio', { name: 'to a service of your own', exact: true }).check();
  await expectRoom(appWindow, 'single requests');
  await page.getByRole('button', { name: 'Import requests …' }).click();
  const sheet = page.getByRole('dialog', { name: 'Import requests' });
  await expect.poll(() => isInSight(sheet.getByRole('button', { name: 'Cancel' }))).toBe(true);
  await expectRoom(appWindow, 'the import');
  await page.keyboard.press('Escape');
  for (const [key, name] of [
    ['Control+k', 'Commands'],
    ['?', 'Keyboard shortcuts'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await expectRoom(appWindow, name);
    await page.keyboard.press('Escape');
  }

  // What this looks for is found where it is.
  await page.evaluate(
    `document.querySelector('main').append(Object.assign(document.createElement('button'), { textContent: 'x', style: 'width: 900px' }))`,
  );
  expect(await page.evaluate(wider)).not.toEqual([]);
});
