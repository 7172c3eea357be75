// Progress and failure output of the set-up. Node 20 built-ins only: it runs before anything is installed.

/** A failed set-up step: `message` says what failed, `remedy` says what the user does next. */
export class SetupError extends Error {
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

/** Prints one line of set-up progress. */
export function say(line) {
  process.stderr.write(`proofload: ${line}\n`);
}

/** Runs a slow step with a line before and after it, and a sign of life every ten seconds in between. */
export async function step(title, work) {
  const startedAt = Date.now();
  const elapsed = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  say(`${title} ...`);
  const pulse = setInterval(() => say(`${title} ... ${elapsed()}`), 10_000);
  try {
    const result = await work();
    say(`${title}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(pulse);
  }
}

/** Runs `main`; turns a SetupError into two readable lines and exit code 1, and the result into the exit code. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`error: ${error.message}`);
    say(`what to do: ${error.remedy}`);
    process.exitCode = 1;
  }
}
