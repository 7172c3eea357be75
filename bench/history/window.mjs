// What a user waits for in the window over a history that is there: from the key to the rows that are painted.
import { resolve } from 'node:path';
import { _electron } from '@playwright/test';

const [dataFolder] = process.argv.slice(2);
const times = 15;

const app = await _electron.launch({
  args: [resolve(import.meta.dirname, '../..')],
  env: { ...process.env, PROOFLOAD_DATA_DIR: dataFolder },
});
const page = await app.firstWindow();
await page.setViewportSize({ width: 1280, height: 900 });
await page.locator('.app[data-ready=true]').waitFor();

/** In the window: runs `act`, and resolves with the ms until the last change of the rows is painted. */
await page.evaluate(() => {
  window.untilPainted = (act) =>
    new Promise((done) => {
      let paintedMs = performance.now();
      const finish = () => {
        observer.disconnect();
        done(paintedMs - startedMs);
      };
      const startedMs = performance.now();
      // What changes nothing is painted already.
      let quiet = setTimeout(finish, 1_000);
      // The rows are what one waits for; the trend over them follows.
      const isOfRows = ({ target, addedNodes }) =>
        (target instanceof Element ? target : target.parentElement)?.closest('[data-list=runs]') ||
        [...addedNodes].some((node) => node instanceof Element && node.querySelector('[data-list=runs]'));
      const observer = new MutationObserver((records) => {
        if (!records.some(isOfRows)) return;
        requestAnimationFrame(() =>
          setTimeout(() => {
            paintedMs = performance.now();
            clearTimeout(quiet);
            quiet = setTimeout(finish, 300);
          }),
        );
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      act();
    });
  window.press = (key) => window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  window.enter = (label, value) => {
    const field = document.querySelector(`[aria-label="${label}"]`);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  /** Begins with the next click, and resolves as `untilPainted` does. */
  window.untilPaintedAfterClick = () =>
    new Promise((done) => {
      addEventListener('click', () => window.untilPainted(() => {}).then(done), { once: true, capture: true });
    });
});

const opened = [];
const rows = [];
for (let time = 0; time < times; time += 1) {
  await page.evaluate(() => window.untilPainted(() => window.press('g')));
  opened.push(await page.evaluate(() => window.untilPainted(() => window.press('h'))));
}
rows.push(['open History', opened]);

async function repeat(name, label, values) {
  const took = [];
  for (let time = 0; time < times; time += 1) {
    for (const value of values)
      took.push(
        await page.evaluate(([field, text]) => window.untilPainted(() => window.enter(field, text)), [label, value]),
      );
  }
  rows.push([name, took]);
  await page.evaluate((field) => window.untilPainted(() => window.enter(field, '')), label);
}
await repeat('type a search, and clear it', 'Search runs', ['upgrade', '']);
await repeat('search that finds one run', 'Search runs', ['index cache 7', 'zzzz']);

/** Chooses values of a filter; the time begins with the click on the value. */
async function repeatChoice(name, label, values) {
  const took = [];
  for (let time = 0; time < times; time += 1) {
    for (const value of values) {
      await page.getByRole('combobox', { name: label }).click();
      const painted = page.evaluate(() => window.untilPaintedAfterClick());
      await page.getByRole('option', { name: value, exact: true }).click();
      took.push(await painted);
    }
  }
  rows.push([name, took]);
  await page.getByRole('button', { name: 'Clear filters' }).click();
}
await repeatChoice('filter by verdict', 'Verdict', ['Failed', 'Passed']);
await repeatChoice('filter by target', 'Target', ['sqlite', 'memory']);
await repeatChoice('filter by tag', 'Tag', ['nightly', 'index']);
await app.close();

const sorted = (values) => [...values].sort((a, b) => a - b);
process.stdout.write(
  'In the window, from the key to the rows that are painted:\n\n| what | median, ms | longest, ms |\n| --- | --- | --- |\n',
);
for (const [name, took] of rows) {
  const ordered = sorted(took);
  process.stdout.write(`| ${name} | ${ordered[ordered.length >> 1].toFixed(0)} | ${ordered.at(-1).toFixed(0)} |\n`);
}
