import { expect, type Locator, type Page } from '@playwright/test';

/** How long a page may take until it looks as it did, in ms. It ends only what looks different for good. */
const settleMs = 20_000;

/**
 * Waits until a page looks as in the picture of this name, but for what is masked; a soft assertion. What is drawn after
 * the page, as charts are, may come so late that two pictures in a row are alike and both too early, which is all that
 * `toHaveScreenshot` waits for: such pictures are taken again.
 */
export async function expectPicture(page: Page, name: string, mask: Locator[] = []): Promise<void> {
  await expect
    .soft(() =>
      expect(page).toHaveScreenshot(name, {
        mask,
        maskColor: '#808080',
        animations: 'disabled',
        caret: 'hide',
        maxDiffPixelRatio: 0.002,
      }),
    )
    .toPass({ timeout: settleMs });
}
