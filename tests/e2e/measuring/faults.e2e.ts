import { expect, test } from '../../support/app';
import { brief } from '../../support/scenarios';

test.use({ hasScenarios: true });

// On a busy machine the sentence of the verdict is about that.
test('a clock that jumps in mid-run, as it does when the machine slept: the run says so, and that it can not change the verdict', async ({
  appWindow,
}) => {
  const { app, page } = appWindow;
  await appWindow.chooseScenario(brief, 'memory');
  await appWindow.runScenario(brief);
  await expect(page.getByText(/Running, 0:0\d left/)).toBeVisible({ timeout: 40_000 });
  await app.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() + 3_600_000;
  });
  await expect(appWindow.verdict).toContainText(/Passed.*a jump of the clock by 3600\.\d s can't change that/, {
    timeout: 40_000,
  });
  await expect(page.getByText(/The clock jumped by 3600\.\d s during the run/).first()).toBeVisible();
});
