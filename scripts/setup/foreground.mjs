import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program in the foreground: hands it the terminal, passes SIGINT and SIGTERM on once, and resolves with
 * its exit code (128 + signal number when a signal ended it).
 */
export function runForeground(file, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    // The terminal sends Ctrl-C to the whole group: only signals sent to this process alone are passed on.
    const ignore = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    child.on('error', (error) => {
      process.stderr.write(`proofload: cannot start ${file}: ${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      resolve(signal ? 128 + constants.signals[signal] : code);
    });
  });
}
