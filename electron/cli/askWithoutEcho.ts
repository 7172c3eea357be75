import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ProofloadError } from '../../shared/errors/appError';
import { secretVariable } from '../../shared/secrets/reference';

/**
 * A stream that discards its input. In raw mode the terminal does not echo, and the line editor writes to this stream.
 */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** The terminal that prompts the user. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  /** Not standard output, which can be the result of a command. */
  output: NodeJS.WritableStream;
}

/**
 * Prompts for the value of a secret in the terminal, without echo. Rejects with `usage` when there is no terminal or
 * nothing is typed, and with `interrupted` on Ctrl-C and Ctrl-D.
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
    // The prompt appears only now, because the terminal would echo an earlier answer.
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
