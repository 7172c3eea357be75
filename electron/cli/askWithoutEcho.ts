import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ProofloadError } from '../../shared/errors/appError';
import { secretVariable } from '../../shared/secrets/reference';

/**
 * A stream that discards what is typed: in raw mode the terminal does not show it, and the line editor writes to this.
 */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** The terminal that is asked. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  /** Not the standard output, which may be the result of a command. */
  output: NodeJS.WritableStream;
}

/**
 * Asks for the value of a secret in the terminal, without echo. Rejects with `usage` where there is no terminal or
 * nothing is typed, with `interrupted` on Ctrl-C and Ctrl-D.
 */
export function askWithoutEcho(
  name: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const remedy = `type it, or give it in ${secretVariable(name)}`;
  if (!input.isTTY)
    return Promise.reject(
      new ProofloadError('usage', `there is no terminal in which to ask for the secret ${name}`, remedy),
    );
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input, output: nowhere(), terminal: true, historySize: 0 });
    // Not before: an early answer would be shown by the terminal.
    output.write(`secret ${name}: `);
    let typed: string | undefined;
    lines.once('line', (line) => {
      typed = line;
      lines.close();
    });
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => {
      output.write('\n');
      if (typed === undefined) reject(new ProofloadError('interrupted', `the secret ${name} was not given`, remedy));
      else if (typed === '') reject(new ProofloadError('usage', `nothing was typed for the secret ${name}`, remedy));
      else resolve(typed);
    });
  });
}
