// From the start of the program to the first content that is painted, on a folder that has been used before.
import { resolve } from 'node:path';
import { printTable } from '../table.ts';
import { openWindow } from './openWindow.mjs';

const times = 12;

/** When the first content was painted, in ms since the start of the program. */
async function startOnce(dataFolder, program) {
  const window = await openWindow(dataFolder, program);
  const paintedMs = await window.page.evaluate(
    () =>
      new Promise((painted) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries())
            if (name === 'first-contentful-paint') painted(performance.timeOrigin + startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await window.close();
  return paintedMs - window.startedMs;
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
    ['what', 'shortest, ms', 'median, ms', 'longest, ms'],
    programs.map(([name], place) => {
      const sorted = found[place].sort((a, b) => a - b);
      return [name, ...[sorted[0], sorted[times >> 1], sorted.at(-1)].map((value) => value.toFixed(0))];
    }),
  );
}
