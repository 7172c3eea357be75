import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Passes the signals that ask a program to end on to `child`, until the function that is returned is called. What is sent
 * to the whole group reaches it twice: ours take what comes at once for one wish (electron/system/stopSignals.ts). A
 * Ctrl-C in a terminal always goes to the group and is not passed on, for the sake of programs that take a second one for
 * impatience.
 */
export function passSignals(child) {
  const pass = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

/**
 * Runs a program and passes signals on to it. Resolves when it has ended with its exit code (128 + signal number when a
 * signal ended it). `onStart` gets the process.
 */
export function runChild(file, args, env, stdio, onStart = () => {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio, env: { ...process.env, ...env } });
    const release = passSignals(child);
    child.on('error', (error) => {
      process.stderr.write(`proofload: cannot start ${file}: ${error.message}\n`);
      release();
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      release();
      resolve(signal ? 128 + constants.signals[signal] : code);
    });
    onStart(child);
  });
}

/** Runs a program in the foreground: hands it the terminal and its signals, and resolves with its exit code. */
export function runForeground(file, args, env = {}) {
  return runChild(file, args, env, 'inherit');
}
