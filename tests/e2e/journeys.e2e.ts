import type { Locator } from '@playwright/test';
import { type AppWindow, expect, test } from '../support/app';
import { violationsIn } from '../support/axe';
import { startShop } from '../support/shop';

/** A new scenario whose journey has one request. */
async function startJourney({ page }: AppWindow, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New scenario' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('radio', { name: 'journeys to a service of your own' }).check();
}

/** The names of the steps of the journey, in their order. */
function stepNames(steps: Locator): Promise<(string | null)[]> {
  // All at once: one that is removed between two questions would be waited for.
  return steps.getByRole('listitem').evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));
}

test('a journey is built, tried, completed from its answer, and run', async ({ appWindow }) => {
  test.slow();
  const { page } = appWindow;
  const shop = await startShop();
  try {
    await appWindow.show('Scenarios');
    await startJourney(appWindow, 'Shopping');
    await page.getByRole('spinbutton', { name: 'Rate', exact: true }).fill('5');
    await page.getByRole('textbox', { name: 'Duration' }).fill('2s');
    await page.getByRole('textbox', { name: 'Warm-up, not measured' }).fill('0s');

    const journey = page.getByRole('region', { name: 'Journey journey' });
    const steps = page.getByRole('list', { name: 'Steps of journey' });
    const first = steps.getByRole('listitem').nth(0);
    await first.getByRole('textbox', { name: 'URL or path' }).fill(`${shop.url}login`);
    await first.getByRole('textbox', { name: 'Step name' }).fill('login page');
    await first.getByRole('button', { name: 'Checks, extractions, headers, body' }).click();
    await first.getByRole('button', { name: 'Add a check' }).click();
    await first.getByRole('button', { name: 'Add an extraction' }).click();
    await first.getByRole('textbox', { name: 'Variable 1' }).fill('csrf');
    await first.getByRole('textbox', { name: 'Variable 1' }).press('Enter');
    await appWindow.select(first.getByRole('combobox', { name: 'Kind of csrf' }), 'Regular expression');
    await first.getByRole('textbox', { name: 'Source of csrf' }).fill('name="csrf" value="([^"]+)"');
    await first.getByRole('textbox', { name: 'Source of csrf' }).press('Enter');
    await expect(first).toContainText('csrf is not used by a later step');

    await page.getByRole('button', { name: 'Add a request' }).click();
    const second = steps.getByRole('listitem').nth(1);
    await appWindow.select(second.getByRole('combobox', { name: 'Method' }), 'POST');
    await second.getByRole('textbox', { name: 'URL or path' }).fill('/login');
    await second.getByRole('textbox', { name: 'Step name' }).fill('login');
    await second.getByRole('button', { name: 'Checks, extractions, headers, body' }).click();
    await second.getByRole('textbox', { name: 'Body' }).fill('user=ann&csrf={{wrong}}');
    await expect(second).toContainText('login needs {{wrong}}');
    await expect(journey.getByRole('button', { name: 'Try it' })).toBeDisabled();
    await second.getByRole('textbox', { name: 'Body' }).fill('user=ann&csrf=');
    await second.getByRole('button', { name: 'Insert a variable into the body' }).click();
    await page.getByRole('menuitem', { name: '{{csrf}}, extracted by login page' }).click();
    await expect(second.getByRole('textbox', { name: 'Body' })).toHaveValue('user=ann&csrf={{csrf}}');
    await expect(page.getByText('csrf is not used')).toHaveCount(0);

    await journey.getByRole('button', { name: 'Try it' }).click();
    const tried = page.getByRole('region', { name: 'Try of journey' });
    // The shop answers with 302, which nobody has said to be right.
    await expect(tried.getByRole('status')).toContainText('1 of 2 steps passed. login failed with redirected.');
    await expect(tried).toContainText('status is 200');
    await expect(tried).toContainText('the status is 200');
    await expect(tried).toContainText(/csrf-\d+/);
    const answer = tried.getByRole('region', { name: '2. login' });
    await answer.getByRole('button', { name: 'Check status' }).click();
    await expect(appWindow.notice('login checks status now.')).toBeVisible();
    await answer.getByRole('tab', { name: 'Response headers' }).click();
    await expect(answer).toContainText('session=***');
    await answer.getByRole('button', { name: 'Check header Location' }).click();
    await answer.getByRole('button', { name: 'Extract cookie session' }).click();
    await expect(second.getByRole('textbox', { name: 'Statuses of check 1' })).toHaveValue('302');
    await expect(second.getByRole('textbox', { name: 'Value of check 2' })).toHaveValue('/products');
    await expect(second.getByRole('textbox', { name: 'Source of session' })).toHaveValue('session');

    await journey.getByRole('button', { name: 'Try it' }).click();
    await expect(tried.getByRole('status')).toContainText('2 of 2 steps passed.');
    await expect(tried).toContainText('Location is "/products"');
    await page.getByRole('button', { name: 'Add a request' }).click();
    const third = steps.getByRole('listitem').nth(2);
    await third.getByRole('textbox', { name: 'URL or path' }).fill('/products?page=3');
    await third.getByRole('textbox', { name: 'Step name' }).fill('products');
    await journey.getByRole('button', { name: 'Try it' }).click();
    const products = tried.getByRole('region', { name: '3. products' });
    await products.getByRole('button', { name: 'Check $.page' }).click();
    await products.getByRole('button', { name: 'Extract $.items[0].id' }).click();
    await expect(third).toContainText('1 check, 1 variable');
    await journey.getByRole('button', { name: 'Try it' }).click();
    await expect(tried.getByRole('status')).toContainText('3 of 3 steps passed.');
    await expect(products).toContainText('$.page is 3');
    await expect(products).toContainText('p20');
    await third.getByRole('button', { name: 'Checks, extractions, headers, body' }).click();
    await expect(third.getByRole('textbox', { name: 'JSONPath of check 1' })).toHaveValue('$.page');
    await expect(third.getByRole('textbox', { name: 'Source of id' })).toHaveValue('$.items[0].id');

    await page.setViewportSize({ width: 1280, height: 2400 });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect({ colorScheme, violations: await violationsIn(page) }).toEqual({ colorScheme, violations: [] });
      const body = await journey.screenshot();
      await test.info().attach(`journey-${colorScheme}`, { body, contentType: 'image/png' });
    }
    const { logins } = shop.counts;
    expect(logins).toBe(4);

    await page.getByRole('button', { name: 'Select for a run' }).click();
    await page.getByRole('button', { name: 'Run Shopping' }).click();
    await expect(appWindow.verdict).toBeVisible();
    expect(shop.counts.logins).toBeGreaterThan(logins);
  } finally {
    await shop.close();
  }
});

test('steps are moved by drag and by keyboard, duplicated, removed, and all of it is undone', async ({ appWindow }) => {
  const { page } = appWindow;
  await appWindow.show('Scenarios');
  await startJourney(appWindow, 'Ordered');
  const steps = page.getByRole('list', { name: 'Steps of journey' });
  for (const [place, name] of ['a', 'b', 'c'].entries()) {
    if (place > 0) await page.getByRole('button', { name: 'Add a request' }).click();
    await steps.getByRole('listitem').nth(place).getByRole('textbox', { name: 'Step name' }).fill(name);
  }
  const expectOrder = (...names: string[]): Promise<void> => expect.poll(() => stepNames(steps)).toEqual(names);
  await expectOrder('a', 'b', 'c');

  await page.getByRole('button', { name: 'Move a', exact: true }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expectOrder('b', 'a', 'c');
  // The focus goes with it.
  await expect(page.getByRole('button', { name: 'Move a', exact: true })).toBeFocused();
  await expect(page.getByText('a is number 2 of 3 now')).toBeAttached();
  await page.keyboard.press('Alt+ArrowDown');
  await expectOrder('b', 'c', 'a');
  await page.keyboard.press('Alt+ArrowDown');
  await expectOrder('b', 'c', 'a');

  await page.getByRole('button', { name: 'Move a', exact: true }).dragTo(steps.getByRole('listitem', { name: 'b' }));
  await expectOrder('a', 'b', 'c');

  const item = steps.getByRole('listitem', { name: 'b' });
  await appWindow.act(page.getByRole('button', { name: 'Actions for b' }), 'Disable');
  await expect(item).toContainText('disabled');
  await appWindow.act(page.getByRole('button', { name: 'Actions for b' }), 'Enable');
  await expect(item).not.toContainText('disabled');

  await appWindow.act(page.getByRole('button', { name: 'Actions for b' }), 'Duplicate');
  await expectOrder('a', 'b', 'b 2', 'c');
  await appWindow.act(page.getByRole('button', { name: 'Actions for c' }), 'Move up');
  await expectOrder('a', 'b', 'c', 'b 2');
  await appWindow.act(page.getByRole('button', { name: 'Actions for b', exact: true }), 'Remove');
  await expectOrder('a', 'c', 'b 2');
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expectOrder('a', 'b', 'c', 'b 2');
  await undo.click();
  await expectOrder('a', 'b', 'b 2', 'c');
  await undo.click();
  await expectOrder('a', 'b', 'c');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expectOrder('a', 'b', 'b 2', 'c');
});
