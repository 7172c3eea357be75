import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

export const images = join(root, 'docs/images');

/** The window on a data folder, at first with the Run screen, and how to take a picture of it for the documentation. */
export async function openWindow(dataFolder, viewport, { screen = 'run' } = {}) {
  const { _electron } = await import('@playwright/test');
  mkdirSync(dataFolder, { recursive: true });
  mkdirSync(images, { recursive: true });
  const env = { ...process.env, PROOFLOAD_DATA_DIR: dataFolder, PROOFLOAD_LOCALE: 'en-GB' };
  const app = await _electron.launch({ args: [root], env });
  const page = await app.firstWindow();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('.app[data-ready=true]').waitFor();
  if (screen === 'run') await page.keyboard.press('g');
  const shoot = async (name) => {
    await page.mouse.move(1, 1);
    await page.screenshot({ path: join(images, `${name}.png`) });
  };
  return { app, page, shoot };
}

/** Draws on a canvas of a page, where there is every codec; returns the file. */
export async function drawOn(page, draw, input) {
  const url = await page.evaluate(draw, input);
  return Buffer.from(url.split(',')[1], 'base64');
}
