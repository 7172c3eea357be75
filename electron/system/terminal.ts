import { printable, printableJson } from '../../shared/text/printable';

/*
 * Everything that is printed goes through here, because names come from files and servers, and a terminal executes the
 * control sequences in them. For lines that are rewritten in place, cli/terminalView.ts prints its own sequences around
 * a text from here.
 */

/** Prints a text on standard output, without control sequences. */
export function print(text: string): void {
  process.stdout.write(printable(text));
}

/** Prints a text on standard error, without control sequences. */
export function printToStderr(text: string): void {
  process.stderr.write(printable(text));
}

/** Prints a value as JSON on standard output. Control sequences are escaped, which does not change the value. */
export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/**
 * Makes this process survive the end of its terminal, or of the program that reads its output. Only later output is
 * lost. Without this, Node would end the process with EIO or EPIPE in the middle of a run.
 */
export function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
