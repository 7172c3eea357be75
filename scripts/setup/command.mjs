import { spawn } from 'node:child_process';

/**
 * Runs a program with an argument list (never a shell string) and resolves with its exit code and output.
 * With `inherit` the output goes straight to the terminal and `output` is empty.
 */
export function run(file, args, { inherit = false, cwd, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 127, output: String(error) }));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}

/** The last lines of a program's output, for an error message. */
export function tail(output, lines = 12) {
  return output.trim().split('\n').slice(-lines).join('\n');
}
