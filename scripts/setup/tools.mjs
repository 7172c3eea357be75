import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * The JavaScript entry point of a tool in node_modules, to be run with Node. The shims in node_modules/.bin are shell
 * scripts on Windows, which no process can be started from.
 *
 * @param {string} packageName
 * @param {string} [command] which of the package's commands, where it has several; else the last part of its name
 * @returns {string}
 */
export function toolFile(packageName, command = packageName.split('/').at(-1)) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (file === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(folder, file);
}

/**
 * The program and the first arguments that run npm: the one that runs this script, else the one on PATH.
 *
 * @returns {[string, string[]]}
 */
export function npmCommand() {
  const npm = process.env.npm_execpath;
  return npm ? [process.execPath, [npm]] : ['npm', []];
}
