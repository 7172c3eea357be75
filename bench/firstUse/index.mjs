// `npm run bench:first-use`: seconds and clicks from the start of the window to the answer of each question that one has.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow } from '../../scripts/pictures/openWindow.mjs';
import { seedHistory } from '../../scripts/pictures/seededHistory.mjs';
import { root } from '../../scripts/setup/paths.mjs';
import { withDisplay } from '../../scripts/setup/withDisplay.mjs';
import { writeRunWithMoments } from '../../tests/support/runWithMoments.ts';

const work = join(root, 'test-results/first-use');
/** So long an answer is looked for before the next click; it is no part of the seconds. */
const patienceMs = 3_000;
const size = { width: 1440, height: 900 };

/** A cell of the board, by the place of its engine and its level. */
const cell = (page, engine, level) =>
  page.getByRole('table').first().locator('tbody tr').nth(engine).locator('td').nth(level).getByRole('button');
const screen = (page, name) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true });
const section = (page, name) =>
  page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name, exact: true });
const running = (page) => page.getByRole('progressbar').first();

/**
 * Questions with their answer as it is seen, and the clicks on the way there, in their order: those after the answer is in
 * sight are not made. `runs` says what is measured between the last click and the answer where nothing is known yet.
 */
const questions = [
  {
    question: 'Which engine passes level 2?',
    filled: { clicks: [], answer: (page) => page.locator('td:nth-child(4) [data-verdict="passed"]').first() },
    empty: {
      clicks: [(page) => cell(page, 1, 2), (page) => page.getByRole('button', { name: /^Run level 2/ })],
      answer: running,
      runs: 'a run of 2 min, whose first words are the verdict',
    },
  },
  {
    question: 'Why does JSON fail?',
    filled: {
      clicks: [(page) => cell(page, 0, 1), (page) => section(page, 'Where the time went')],
      answer: (page) => page.getByText(/their extra time (in )?waiting for the service's event loop/).first(),
    },
    empty: {
      clicks: [(page) => page.getByRole('button', { name: /^Run level 1 on SQLite, JSON/ })],
      answer: running,
      runs: 'a run of 2 min, which says it under its verdict',
    },
  },
  {
    question: 'Which option to take?',
    filled: {
      clicks: [(page) => screen(page, 'Options')],
      answer: (page) => page.getByTestId('recommendation'),
    },
    empty: {
      clicks: [(page) => screen(page, 'Options'), (page) => page.getByRole('button', { name: /^Measure the options/ })],
      answer: running,
      runs: 'an experiment of 16 min',
    },
  },
  {
    question: 'What happened at the worst second?',
    filled: {
      clicks: [
        (page) => page.getByRole('table', { name: 'Recent runs' }).getByRole('button').first(),
        (page) => section(page, 'Timeline'),
      ],
      answer: (page) => page.getByText(/garbage collection of 120 ms/).first(),
    },
  },
];

/** Whether an element is drawn, and all of it in the window. */
async function isInSight(page, element) {
  const box = (await element.isVisible()) ? await element.boundingBox() : null;
  return box !== null && box.y >= 0 && box.y + box.height <= page.viewportSize().height;
}

/** Clicks on until the answer is in sight; resolves with how many it took and how long since `startedAt`. */
async function reach(page, { clicks, answer }, startedAt) {
  const seen = async (longestMs) => {
    const until = performance.now() + longestMs;
    while (performance.now() < until) {
      if (await isInSight(page, answer(page))) return true;
      await page.waitForTimeout(20);
    }
    return false;
  };
  // What a click shows is there within a moment; the next one is only made when it is not the answer.
  let made = 0;
  let waitedMs = 0;
  while (!(await seen(made === clicks.length ? 60_000 : patienceMs))) {
    waitedMs += patienceMs;
    const next = clicks[made];
    if (!next) throw new Error('the answer is not in sight after all clicks');
    // A hand finds what it clicks by scrolling, which is no click.
    await next(page).click();
    made += 1;
  }
  return { clicks: made, seconds: (performance.now() - startedAt - waitedMs) / 1000 };
}

/** The answer to a question in a window that is started for it. */
async function measure(dataFolder, way) {
  const startedAt = performance.now();
  const { app, page } = await openWindow(dataFolder, size, { screen: 'overview' });
  const found = await reach(page, way, startedAt);
  await app.close();
  return found;
}

/** A history of some days, with the run in which the service paused as the last one. */
function seedFilled(dataFolder) {
  mkdirSync(work, { recursive: true });
  const file = writeRunWithMoments(work);
  const now = new Date(Date.now() - 60_000).toISOString();
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), startedAt: now }));
  seedHistory(dataFolder, [file]);
  cpSync(join(root, 'tests/fixtures/experiments'), join(dataFolder, 'experiments'), { recursive: true });
}

await withDisplay(async () => {
  rmSync(work, { recursive: true, force: true });
  const filled = join(work, 'filled');
  seedFilled(filled);
  const lines = [
    '| question | with a history: clicks | seconds | from nothing: clicks | then |',
    '|---|---|---|---|---|',
  ];
  for (const [place, { question, filled: known, empty }] of questions.entries()) {
    const after = await measure(filled, known);
    const first = empty && (await measure(join(work, `empty-${place}`), empty));
    const start = first ? `${first.clicks} | ${empty.runs}` : '– | the same run says it';
    lines.push(`| ${question} | ${after.clicks} | ${after.seconds.toFixed(1)} | ${start} |`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
});
