// What a second of a run costs the page, at the start of half an hour and at its end: it must not grow with the run.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openWindow } from '../../scripts/pictures/openWindow.mjs';
import { runEventChannel } from '../../shared/ipc/channels.ts';
import { printTable } from '../table.ts';

const lengthS = 1_800;
const watchedS = 30;
const ticksPerS = 4;
const { document } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/sample-run.json'), 'utf8'));

const load = {
  executor: 'constant-arrival-rate',
  rate: 200,
  timeUnit: '1s',
  duration: `${lengthS}s`,
  preAllocatedVUs: 50,
  maxVUs: 100,
  startTime: '0s',
  gracefulStop: '5s',
};

function started() {
  const { id, startedAt, scenario, target, environment, shortened } = document;
  const run = { id, startedAt, scenario: { ...scenario, load }, target, environment, shortened };
  return [
    { type: 'started', run },
    { type: 'phase', phase: 'running' },
  ];
}

/** The seconds of the sample run, over and over. */
function second(t) {
  const interval = { ...document.intervals[t % document.intervals.length], t };
  // A bell over a few of the bins, and something beside it.
  const heat = Array.from({ length: 70 }, (_, bin) => Math.round(100 * Math.exp(-((bin - 25 - (t % 3)) ** 2) / 20)));
  return { type: 'interval', interval, heat };
}

function tick(place) {
  const { rate, p50, p95, p99, max, cacheHitRate } = document.intervals[place % document.intervals.length];
  const counts = { count: 50, failed: 0, dropped: 0 };
  const statistics = { ...counts, rate, p50, p95, p99, max, cacheHitRate };
  const cumulative = { ...statistics, count: 50 * place };
  const elapsedMs = (place * 1_000) / ticksPerS;
  const state = { elapsedMs, durationMs: 250, warmup: false, inFlight: 3, generatorUtilisation: 0.2 };
  return { type: 'tick', tick: { ...state, interval: statistics, cumulative } };
}

function send(app, batches, everyMs) {
  return app.evaluate(
    ({ BrowserWindow }, { channel, batches: waiting, everyMs: periodMs }) =>
      new Promise((done) => {
        const timer = setInterval(() => {
          for (const event of waiting.shift()) BrowserWindow.getAllWindows()[0].webContents.send(channel, event);
          if (waiting.length > 0) return;
          clearInterval(timer);
          done();
        }, periodMs);
      }),
    { channel: runEventChannel, batches, everyMs },
  );
}

export async function seconds(dataFolder) {
  const { app, page } = await openWindow(dataFolder, { width: 1280, height: 800 });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const spentMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1_000]));
  };
  const watch = async (fromS) => {
    const batches = Array.from({ length: watchedS * ticksPerS }, (_, index) => {
      const place = fromS * ticksPerS + index + 1;
      return place % ticksPerS === 0 ? [tick(place), second(place / ticksPerS)] : [tick(place)];
    });
    const before = await spentMs();
    await send(app, batches, 1_000 / ticksPerS);
    const after = await spentMs();
    return ['TaskDuration', 'ScriptDuration', 'LayoutDuration'].map((name) => (after[name] - before[name]) / watchedS);
  };
  await send(app, [started()], 0);
  const early = await watch(0);
  const lateFromS = lengthS - watchedS;
  const between = Array.from({ length: lateFromS - watchedS }, (_, index) => [second(watchedS + index + 1)]);
  await send(app, between, 0);
  const late = await watch(lateFromS);
  await app.close();
  const row = (name, times) => [name, ...times.map((time) => time.toFixed(1))];
  process.stdout.write('What a second of a run costs the page, in ms:\n\n');
  printTable(
    ['seconds of the run', 'all', 'of it scripts', 'of it layout'],
    [row(`1 to ${watchedS}`, early), row(`${lateFromS + 1} to ${lengthS}`, late)],
  );
  process.stdout.write(`At the end ${(late[0] / early[0]).toFixed(2)} times as much as at the start.\n\n`);
}
