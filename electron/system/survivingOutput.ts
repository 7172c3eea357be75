/**
 * Makes this process survive the end of its terminal, or of the program that reads what it prints: what is printed
 * afterwards is lost, and nothing else. Node would end the process with EIO or EPIPE in the middle of a run.
 */
export function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
