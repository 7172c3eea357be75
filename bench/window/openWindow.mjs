import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { debuggingEndpoint } from '../../tests/support/debuggingEndpoint.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * The window on a data folder, started as a user starts it and watched over its debugging port: with a debugger in the
 * main process, as the tests have it, it would start later.
 */
export async function openWindow(dataFolder, program = root) {
  const electron = process.env.ELECTRON_EXEC_PATH ?? (await import('electron')).default;
  const startedMs = Date.now();
  const child = spawn(electron, ['--remote-debugging-port=0', program], {
    env: { ...process.env, PROOFLOAD_DATA_DIR: dataFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const browser = await chromium.connectOverCDP(await debuggingEndpoint(child));
  const [context] = browser.contexts();
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.locator('.app[data-ready=true]').waitFor();
  await page.keyboard.press('g');
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  const rendererPid = processInfo.find(({ type }) => type === 'renderer').id;
  return {
    page,
    startedMs,
    rendererPid,
    /** Of its processes by their kind, the processor time so far, in s. */
    cpuSeconds: async () => {
      const found = await system.send('SystemInfo.getProcessInfo');
      return Object.fromEntries(found.processInfo.map(({ type, cpuTime }) => [type, cpuTime]));
    },
    close: async () => {
      await page.close();
      await ended;
      await browser.close();
    },
  };
}

/** The resident memory of a process, in MB, without what it shares with others; of Linux. */
export function residentMb(pid) {
  const rollup = readFileSync(join('/proc', String(pid), 'status'), 'utf8');
  return (Number(/RssAnon:\s*(\d+)/.exec(rollup)[1]) + Number(/RssShmem:\s*(\d+)/.exec(rollup)[1])) / 1_024;
}
