import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { systemErrorCode } from '../../shared/errors/appError';

/** Whether a process exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // Without /proc, the result of the signal is all that is known.
    return true;
  }
}

/** The processes that a process has started, from any of its threads. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => childrenOfThread(pid, thread));
  } catch {
    return childrenByPgrep(pid);
  }
}

/** Linux, proc(5): the children that this thread has started; Chromium starts most from another one than the first. */
function childrenOfThread(pid: number, thread: string): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch (error) {
    // The thread has ended meanwhile.
    if (thread !== String(pid)) return [];
    throw error;
  }
}

function childrenByPgrep(pid: number): number[] {
  if (process.platform === 'win32') return [];
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}

/** Resolves with true when none of the processes is alive any more, or with false after `patienceMs`. */
export async function allGone(pids: readonly number[], patienceMs: number): Promise<boolean> {
  const untilMs = performance.now() + patienceMs;
  while (pids.some(isAlive)) {
    if (performance.now() > untilMs) return false;
    await new Promise((next) => setTimeout(next, 10));
  }
  return true;
}
