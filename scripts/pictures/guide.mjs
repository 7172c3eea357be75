import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { startDemoShop } from './demoShop.mjs';
import { drawOn, images, openWindow } from './openWindow.mjs';
import { recordShop } from './recordShop.mjs';

const size = { width: 1280, height: 800 };

/** A picture as a smaller file: runs in the page. */
async function toWebp({ picture, quality }) {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality);
}

/** The guide "Test your own service", walked from a recording to a verdict, with a picture of each step. */
export async function takeGuide() {
  const dataFolder = join(root, 'test-results/screenshots-guide');
  rmSync(dataFolder, { recursive: true, force: true });
  const shop = await startDemoShop();
  const { app, page } = await openWindow(dataFolder, size);
  const recording = join(dataFolder, 'shop.har');
  writeFileSync(recording, JSON.stringify(await recordShop(shop.url)));
  const shoot = async (name) => {
    await page.mouse.move(1, 1);
    // The picture itself is for looking closely.
    const path = join(dataFolder, `${name}.png`);
    const picture = (await page.screenshot({ path, animations: 'disabled', caret: 'hide' })).toString('base64');
    writeFileSync(join(images, `guide-${name}.webp`), await drawOn(page, toWebp, { picture, quality: 0.75 }));
  };
  const scrollTo = (element) => element.evaluate((found) => found.scrollIntoView({ block: 'center' }));
  // The dialog of the system can't be clicked from here.
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, recording);

  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.getByRole('button', { name: 'Import requests …' }).click();
  const sheet = page.getByRole('dialog', { name: 'Import requests' });
  await sheet.waitFor();
  await shoot('import');
  await sheet.getByRole('button', { name: 'Choose a file …' }).click();
  const found = page.getByRole('region', { name: 'Correlations' });
  await found.waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop');
  await shoot('correlations');

  const journey = page.getByRole('region', { name: /^Journey / });
  await journey.getByRole('button', { name: 'Try it' }).click();
  const tried = page.getByRole('region', { name: /^Try of / });
  await tried.getByRole('status').waitFor({ timeout: 60_000 });
  await tried.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await page.evaluate(() => document.querySelector('.app-main').scrollBy(0, -90));
  await shoot('try');

  await page.getByRole('spinbutton', { name: 'Virtual users' }).fill('40');
  await page.getByRole('textbox', { name: 'Duration' }).fill('1m');
  await scrollTo(page.getByRole('img', { name: /^Load: / }));
  await shoot('load');

  await page.getByRole('button', { name: 'Select for a run' }).click();
  await page.getByRole('button', { name: 'Run Shop' }).click();
  await page.getByTestId('verdict').waitFor({ timeout: 180_000 });
  await shoot('verdict');
  await page
    .getByRole('region', { name: 'Operations', exact: true })
    .evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await shoot('steps');
  await app.close();
  await shop.close();
}
