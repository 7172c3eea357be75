/**
 * Makes a run in the window and resolves with its document and what it did to the window while the load lasted: the
 * ticks that came, the tasks over 50 ms after the first second and those after the load, and the processor time of the
 * processes. The page is not asked meanwhile: that would cost it time.
 */
export async function watchRun({ page, cpuSeconds }, wish) {
  await page.evaluate(() => {
    const seen = { ticks: [], longTasks: [], firstTickMs: 0, endedMs: 0, document: undefined };
    window.seen = seen;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) seen.longTasks.push({ startTime, duration });
    }).observe({ type: 'longtask' });
    const until = (isNow) => new Promise((done) => window.proofload.onRunEvent((event) => isNow(event) && done()));
    seen.loading = until(({ type }) => type === 'tick');
    seen.loaded = until(({ type, phase }) => (type === 'phase' && phase === 'draining') || type === 'finished');
    seen.finished = until(({ type }) => type === 'finished');
    window.proofload.onRunEvent((event) => {
      if (event.type === 'tick') {
        seen.firstTickMs ||= performance.now();
        seen.endedMs = performance.now();
        seen.ticks.push(event.tick.elapsedMs);
      }
      if (event.type === 'finished') seen.document = event.document;
    });
  });
  const started = await page.evaluate((asked) => window.proofload.startRun(asked), wish);
  if (!started.ok) throw new Error(started.error.message);
  await page.evaluate(() => window.seen.loading);
  const before = await cpuSeconds();
  const beganMs = Date.now();
  await page.evaluate(() => window.seen.loaded);
  const after = await cpuSeconds();
  const loadedSeconds = (Date.now() - beganMs) / 1_000;
  await page.evaluate(() => window.seen.finished);
  const { ticks, longTasks, firstTickMs, endedMs, document } = await page.evaluate(() => ({
    ticks: window.seen.ticks,
    longTasks: window.seen.longTasks,
    firstTickMs: window.seen.firstTickMs,
    endedMs: window.seen.endedMs,
    document: window.seen.document,
  }));
  const steps = ticks.slice(1).map((elapsedMs, place) => elapsedMs - ticks[place]);
  return {
    document,
    ticks: { count: ticks.length, expected: Math.round(ticks.at(-1) / 250), longestStepMs: Math.max(...steps) },
    longTasks: longTasks
      .filter(({ startTime }) => startTime > firstTickMs + 1_000 && startTime <= endedMs)
      .map(({ startTime, duration }) => ({ atS: (startTime - firstTickMs) / 1_000, duration })),
    tasksAfter: longTasks.filter(({ startTime }) => startTime > endedMs).map(({ duration }) => duration),
    cpu: Object.fromEntries(Object.entries(after).map(([type, seconds]) => [type, seconds - (before[type] ?? 0)])),
    loadedSeconds,
  };
}
