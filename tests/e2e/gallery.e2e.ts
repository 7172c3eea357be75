import type { Page } from '@playwright/test';
import { type AppWindow, expect, test } from '../support/app';
import { violationsIn } from '../support/axe';
import { expectPicture } from '../support/pictures';

/** Shows a page of the gallery in the window, under the policy that the window has. */
async function showGallery({ app, page }: AppWindow): Promise<string[]> {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]
      ?.loadURL('proofload://app/gallery.html')
      .catch(() => {}),
  );
  const links = page.getByRole('navigation', { name: 'Components' }).getByRole('link');
  await expect(links.first()).toBeVisible();
  return links.allTextContents();
}

/** What has to be done on a page before all of its component is seen. */
const opened: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  Menu: async (page) => {
    await page.getByRole('button', { name: 'Export' }).first().click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Copy as image' })).toBeFocused();
  },
  Select: async (page) => {
    await page.getByRole('combobox', { name: 'Metric, normal', exact: true }).click();
    await expect(page.getByRole('listbox')).toBeVisible();
  },
  DateField: async (page) => {
    await page.getByRole('button', { name: 'Open the calendar: From' }).click();
    await expect(page.getByRole('grid', { name: 'November 2024' })).toBeVisible();
  },
  Dialog: async (page) => {
    await page.getByRole('button', { name: 'Open the dialog' }).click();
    await expect(page.getByRole('dialog', { name: 'Example' })).toBeVisible();
  },
  Tooltip: async (page) => {
    await page.getByRole('button', { name: '3 minutes ago' }).focus();
    await page.getByRole('button', { name: '3 minutes ago' }).hover();
    await expect(page.getByRole('tooltip')).toBeVisible();
  },
  Popover: async (page) => {
    await page.getByRole('button', { name: 'other load' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  Toast: async (page) => {
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'An error' }).click();
    await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('choose another folder');
    // A message stays while the pointer is on it, and would be gone before the second picture on a slow machine.
    await page.getByText('Saved as run.html').hover();
  },
};

test('every component looks as it did in all its states, and axe finds nothing in it', async ({ appWindow }) => {
  test.slow();
  const { page } = appWindow;
  const blocked: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) blocked.push(message.text());
  });
  await page.setViewportSize({ width: 900, height: 640 });
  for (const name of await showGallery(appWindow)) {
    await page.goto(`proofload://app/gallery.html#${name}`);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await opened[name]?.(page);
    for (const [colorScheme, rules] of [
      ['dark', 'all'],
      ['light', 'colours'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await violationsIn(page, rules);
      expect.soft({ name, colorScheme, violations }).toEqual({ name, colorScheme, violations: [] });
      if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined && process.platform === 'linux')
        await expectPicture(page, `${name}-${colorScheme}.png`);
    }
  }
  expect(blocked).toEqual([]);
});

test('a menu acts on Enter and not on arrow keys, and gives the focus back', async ({ appWindow }) => {
  const { page } = appWindow;
  await showGallery(appWindow);
  await page.goto('proofload://app/gallery.html#Menu');
  const menu = page.getByRole('button', { name: 'Export' }).first();
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Copy as image' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(menu).toBeFocused();
  const told = page.getByRole('region', { name: 'Notifications' });
  await expect(told).toHaveText('');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Copy as image' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Save as PNG …' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(told).toContainText('Saved as chart.png');
});

test('a dialog takes the focus, keeps it, and gives it back', async ({ appWindow }) => {
  const { page } = appWindow;
  await showGallery(appWindow);
  await page.goto('proofload://app/gallery.html#Dialog');
  const opener = page.getByRole('button', { name: 'Open the dialog' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const close = page.getByRole('dialog', { name: 'Example' }).getByRole('button', { name: 'Close' });
  await expect(close).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(close).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(opener).toBeFocused();
});
