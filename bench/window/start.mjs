// From the start of the program to the first content that is painted, on a folder that has been used before.
import { openWindow } from './openWindow.mjs';

const times = 8;

export async function start(dataFolder) {
  const painted = [];
  for (let time = 0; time <= times; time += 1) {
    const window = await openWindow(dataFolder);
    const { origin, contentMs } = await window.page.evaluate(() => ({
      origin: performance.timeOrigin,
      contentMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    }));
    // The first start is the cold one.
    if (time > 0) painted.push(origin + contentMs - window.startedMs);
    await window.close();
  }
  const sorted = painted.sort((a, b) => a - b);
  process.stdout.write(
    `${times} warm starts, from the start of the program to the first content that is painted: median ${sorted[times >> 1].toFixed(0)} ms, longest ${sorted.at(-1).toFixed(0)} ms\n\n`,
  );
}
