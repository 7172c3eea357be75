import { spawnSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { currentNode, ensureDependencies } from './dependencies.mjs';
import { pinnedNode } from './paths.mjs';
import { runMain } from './terminal.mjs';

/**
 * Entry of every script that a user starts: installs the dependencies with whatever Node is running, then runs
 * `main` under the pinned Node, restarting the script there if needed.
 */
export function bootstrap(scriptUrl, main) {
  return runMain(async () => {
    await ensureDependencies();
    const node = currentNode();
    const onCurrentNode = Number(process.versions.node.split('.')[0]) >= 24;
    if (onCurrentNode) return main(process.argv.slice(2));
    const env = { ...process.env, PATH: `${dirname(pinnedNode)}${delimiter}${process.env.PATH}` };
    const { status } = spawnSync(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], { stdio: 'inherit', env });
    return status ?? 1;
  });
}
