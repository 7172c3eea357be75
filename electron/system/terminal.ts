import { printable, printableJson } from '../../shared/text/printable';

/*
 * All that is printed goes through here: names come from files and servers, and terminals obey what is in them. Lines
 * that are rewritten in place (cli/terminalView.ts) are printed with the sequences of ours around a text from here.
 */

/** Prints a text on standard output, without what terminals obey. */
export function print(text: string): void {
  process.stdout.write(printable(text));
}

/** Prints a text on standard error, without what terminals obey. */
export function printToStderr(text: string): void {
  process.stderr.write(printable(text));
}

/** Prints a value as JSON on standard output: what terminals obey is escaped, and the value the same. */
export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/**
 * Makes this process survive the end of its terminal, or of the program that reads what it prints: what is printed
 * afterwards is lost, and nothing else. Node would end the process with EIO or EPIPE in the middle of a run.
 */
export function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
