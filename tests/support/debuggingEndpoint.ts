import type { ChildProcess } from 'node:child_process';

/** Where the debugging port of a program is, which it prints to its standard error; rejects when it ends before. */
export function debuggingEndpoint(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let output = '';
    child.stderr?.on('data', (chunk) => {
      output += String(chunk);
      const endpoint = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
      if (endpoint) found(endpoint);
    });
    child.on('exit', (code) => fail(new Error(`the program ended with ${code}: ${output}`)));
  });
}
