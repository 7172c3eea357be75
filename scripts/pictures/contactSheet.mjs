import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRunWithMoments } from '../../tests/support/runWithMoments.ts';
import { root } from '../setup/paths.mjs';
import { startDemoShop } from './demoShop.mjs';
import { drawOn, images, openWindow } from './openWindow.mjs';
import { seedHistory, seedScenario, seedSeveral } from './seededHistory.mjs';
import { emptyFolder, filledStates, firstStates } from './states.mjs';

const work = join(root, 'test-results/screenshots-sheet');
/** Content of the window in pixels, and how far it is zoomed. */
const looks = [
  { name: '1280x800', width: 1280, height: 800, zoom: 1 },
  { name: '1440x900', width: 1440, height: 900, zoom: 1 },
  { name: '1920x1080', width: 1920, height: 1080, zoom: 1 },
  { name: '1280x800-zoom-200', width: 1280, height: 800, zoom: 2 },
];
const themes = ['dark', 'light'];
/** Six sheets and two of the zoom stay below 1.5 MB in all. */
const quality = 0.55;

/** A look of the window, once charts have been drawn in it. */
async function takeLook(window, { width, height, zoom }, colorScheme) {
  const { page } = window;
  // A zoomed page has fewer pixels of CSS, and each of them is drawn with more.
  await page.setViewportSize({ width: width / zoom, height: height / zoom });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.mouse.move(1, 1);
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestIdleCallback(drawn, { timeout: 1_000 }))),
  );
  await page.waitForTimeout(150);
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}

/** All looks of all states, by sheet. */
async function takeStates(window, states, given, sheets) {
  for (const [title, reach] of states) {
    await window.page.setViewportSize({ width: 1280, height: 800 });
    await reach({ page: window.page, ...given });
    for (const look of looks)
      for (const theme of themes) {
        const sheet = `${look.name}-${theme}`;
        const picture = await takeLook(window, look, theme);
        // The single pictures are for looking closely; the sheets are kept.
        writeFileSync(join(work, 'pictures', `${title.replaceAll(/[^a-z]+/g, '-')}-${sheet}.png`), picture);
        sheets.set(sheet, [...(sheets.get(sheet) ?? []), { title, picture: picture.toString('base64') }]);
      }
  }
}

/** Draws a sheet on a canvas: runs in the page. */
async function drawSheet({ pictures, columns, width, height, quality }) {
  const [gap, head] = [12, 20];
  const canvas = document.createElement('canvas');
  canvas.width = columns * (width + gap) + gap;
  canvas.height = Math.ceil(pictures.length / columns) * (height + head + gap) + gap;
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = '13px "Inter Variable", sans-serif';
  context.imageSmoothingQuality = 'high';
  for (const [place, { title, picture }] of pictures.entries()) {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const x = gap + (place % columns) * (width + gap);
    const y = gap + Math.floor(place / columns) * (height + head + gap);
    context.fillStyle = '#161b22';
    context.fillText(title, x, y + 13);
    context.drawImage(image, x, y + head, width, height);
  }
  return canvas.toDataURL('image/webp', quality);
}

/** All screens and states in three sizes, at 200 % zoom, and in both themes: a sheet for each. */
export async function makeContactSheets() {
  emptyFolder(work);
  mkdirSync(join(work, 'pictures'), { recursive: true });
  const sheets = new Map();
  const size = { width: 1280, height: 800 };
  const first = await openWindow(join(work, 'first'), size);
  await takeStates(first, firstStates, { dataFolder: join(work, 'first') }, sheets);
  await first.app.close();

  const dataFolder = join(work, 'filled');
  const runs = seedHistory(dataFolder, [writeRunWithMoments(work)]);
  const shop = await startDemoShop();
  seedScenario(dataFolder, shop.url);
  seedSeveral(dataFolder, shop.url);
  const filled = await openWindow(dataFolder, size);
  await takeStates(filled, filledStates, { dataFolder, runs }, sheets);
  await filled.page.setViewportSize(size);
  for (const { name, width, height } of looks)
    for (const theme of themes) {
      const sheet = `${name}-${theme}`;
      const pictures = sheets.get(sheet);
      const shown = { pictures, columns: 5, width: 400, height: Math.round((400 * height) / width), quality };
      writeFileSync(join(images, `screens-${sheet}.webp`), await drawOn(filled.page, drawSheet, shown));
    }
  await filled.app.close();
  await shop.close();
}
