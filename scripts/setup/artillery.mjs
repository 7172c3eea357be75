import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from './command.mjs';
import { fingerprint } from './fingerprint.mjs';
import { cacheDir, root } from './paths.mjs';
import { SetupError, step } from './terminal.mjs';
import { npmCommand } from './tools.mjs';

/** The locked Artillery: a package of its own, so that whoever only starts the app does not download it. */
const peer = 'tests/peers/artillery';
const files = ['package.json', 'package-lock.json'];

/** Installs the Artillery that exported scripts are run with. Returns its command, a file for Node. */
export async function ensureArtillery() {
  const folder = join(cacheDir, `artillery-${fingerprint([peer]).slice(0, 12)}`);
  const command = join(folder, 'node_modules', 'artillery', 'bin', 'run');
  if (existsSync(command)) return command;
  await step('installing Artillery for a test (460 MB, about a minute)', async () => {
    const work = `${folder}.${process.pid}`;
    mkdirSync(work, { recursive: true });
    for (const file of files) writeFileSync(join(work, file), readFileSync(join(root, peer, file)));
    const [npm, args] = npmCommand();
    const { code, output } = await run(npm, [...args, 'ci', '--ignore-scripts'], { cwd: work });
    if (code !== 0) {
      rmSync(work, { recursive: true, force: true });
      throw new SetupError(
        `installing Artillery failed:\n${tail(output)}`,
        `check the free space in ${cacheDir} and the npm registry (npm ping), then run the same command again`,
      );
    }
    // Moved when it is whole: an install that was killed is done again.
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
  });
  return command;
}
