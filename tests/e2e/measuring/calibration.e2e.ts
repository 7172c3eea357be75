import { expect, launch, test } from '../../support/app';
import { slowNullServer } from '../../support/coarsePace.ts';

test('measures what the generator can do, and keeps it', async ({ dataFolder }) => {
  test.slow();
  const first = await launch(dataFolder, { NODE_OPTIONS: slowNullServer });
  const panel = first.page.getByRole('region', { name: 'Load generator' });
  const sends = panel.getByText(/This machine sends up to [1-9][\d,.]* req\/s on time/);
  // What a machine that is too busy says. Beside other programs this one may be.
  const tooBusy = panel.getByRole('alert').filter({ hasText: 'too busy to calibrate' });
  await expect(async () => {
    await panel.getByRole('button', { name: 'Calibrate' }).click();
    await expect(panel.getByRole('button', { name: /Calibrating/ })).toBeDisabled();
    await expect(sends.or(tooBusy)).toBeVisible({ timeout: 240_000 });
    expect(await tooBusy.isVisible()).toBe(false);
  }).toPass();
  const measured = await panel.locator('span').first().textContent();
  await first.app.close();
  const second = await launch(dataFolder);
  await expect(second.page.getByRole('region', { name: 'Load generator' })).toContainText(measured ?? '');
  await second.app.close();
});
