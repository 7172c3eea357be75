// From the start of the program to the first content that is painted, on a folder that has been used before.
import { resolve } from 'node:path';
import { printTable } from '../table.ts';
import { openWindow } from './openWindow.mjs';

const times = 12;

/** When the first content was painted, in ms: since the start of the program, and since the window asked for its page. */
async function startOnce(dataFolder, program) {
  const window = await openWindow(dataFolder, program);
  const { origin, paintedMs } = await window.page.evaluate(
    () =>
      new Promise((painted) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries())
            if (name === 'first-contentful-paint') painted({ origin: performance.timeOrigin, paintedMs: startTime });
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await window.close();
  return { program: origin + paintedMs - window.startedMs, page: paintedMs };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** A window with one word is started in turns with ours: what Electron takes is not ours to make faster. */
export async function start(dataFolder) {
  const programs = [
    ['an empty window', resolve(import.meta.dirname, 'empty')],
    ['Proofload', undefined],
  ];
  const found = programs.map(() => []);
  for (let time = 0; time <= times; time += 1) {
    for (const [place, [, program]] of programs.entries()) {
      const tookMs = await startOnce(dataFolder, program);
      // The first start is the cold one.
      if (time > 0) found[place].push(tookMs);
    }
  }
  process.stdout.write(`${times} warm starts each, to the first content that is painted:\n\n`);
  printTable(
    [
      'what',
      'since the start of the program, median ms',
      'longest',
      'since the page was asked for, median ms',
      'longest',
    ],
    programs.map(([name], place) => [
      name,
      ...['program', 'page'].flatMap((since) => {
        const took = found[place].map((start) => start[since]);
        return [median(took), Math.max(...took)].map((value) => value.toFixed(0));
      }),
    ]),
  );
}
