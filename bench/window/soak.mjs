// Level 6, the soak of half an hour, in the window: whether the window grows.
import { printTable } from '../table.ts';
import { openWindow, residentMb } from './openWindow.mjs';
import { watchRun } from './watchRun.mjs';

const sampleMs = 15_000;

export async function soak(dataFolder) {
  const window = await openWindow(dataFolder);
  const session = await window.page.context().newCDPSession(window.page);
  await session.send('Performance.enable');
  const samples = [];
  const sample = async () => {
    // Without what nobody holds any more: the memory that grows is the one that is held.
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const metric = (name) => metrics.find((found) => found.name === name).value;
    samples.push({
      heapMb: metric('JSHeapUsedSize') / 2 ** 20,
      nodes: metric('Nodes'),
      residentMb: residentMb(window.rendererPid),
    });
  };
  const timer = setInterval(() => void sample(), sampleMs);
  const { document, ticks, longTasks, cpu, loadedSeconds } = await watchRun(window, {
    scenario: 'level-6',
    target: { kind: 'engine', engine: 'memory' },
  });
  clearInterval(timer);
  await window.close();
  process.stdout.write(
    `Level 6 on memory: ${document.metrics.http_reqs.count} requests, ${document.verdict}; ${ticks.count} of ${ticks.expected} ticks, longest step ${ticks.longestStepMs.toFixed(0)} ms; ${longTasks.length} tasks over 50 ms; renderer ${((100 * cpu.renderer) / loadedSeconds).toFixed(1)} % of a core.\n\nThe renderer, after a collection of garbage:\n\n`,
  );
  const everyMinutes = 2;
  const perRow = (everyMinutes * 60_000) / sampleMs;
  printTable(
    ['minute', 'heap, MB', 'resident, MB', 'nodes of the page'],
    samples
      .filter((_sample, place) => place % perRow === perRow - 1)
      .map(({ heapMb, residentMb: resident, nodes }, place) => [
        (place + 1) * everyMinutes,
        heapMb.toFixed(1),
        resident.toFixed(0),
        nodes,
      ]),
  );
}
