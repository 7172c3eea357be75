import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { currentNode, ensureDependencies } from './dependencies.mjs';
import { runForeground } from './foreground.mjs';
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
    const env = { PATH: `${dirname(pinnedNode)}${delimiter}${process.env.PATH}` };
    return runForeground(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], env);
  });
}
