import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the foreground: hands it the terminal, passes signals on, and resolves when it has ended with its
 * exit code (128 + signal number when a signal ended it). What is sent to the whole group reaches the program twice: ours
 * take what comes at once for one wish (electron/system/stopSignals.ts). A Ctrl-C in a terminal always goes to the group
 * and is not passed on, for the sake of programs that take a second one for impatience.
 */
export function runForeground(file, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    const pass = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    child.on('error', (error) => {
      process.stderr.write(`proofload: cannot start ${file}: ${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      for (const each of signals) process.off(each, pass);
      resolve(signal ? 128 + constants.signals[signal] : code);
    });
  });
}
