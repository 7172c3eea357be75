/** Runs the parts of a benchmark that the command line names, or all of them. An unknown name ends the process with 2. */
export async function runParts(parts) {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    if (!parts[name]) {
      process.stderr.write(`there is no part ${name}; the parts are ${Object.keys(parts).join(', ')}\n`);
      process.exit(2);
    }
    await parts[name]();
  }
}
