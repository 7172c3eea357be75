import type { ImportedRequests } from '../importedRequests';
import { RequestCollector } from '../requestCollector';
import { bashScript } from './bashScript';
import { cmdScript, isCmd } from './cmdScript';
import { addTransfer } from './curlRequest';
import { isPowershell, isWebRequest, powershellScript } from './powershellScript';
import { readTransfers } from './readTransfers';
import { curlWords, type ShellScript, withoutPrompts } from './shellCommand';
import { addWebRequests } from './webRequest';

/** `curl` at the start of a command, in any of the shells. */
const command =
  /(?:^|[\n;&|(`{!]|\b(?:do|then|else|if|while|until))[ \t]*(?:[A-Za-z_]\w*=\S{0,1000}[ \t]+)?(?:(?:sudo|doas|time|env|exec|command|nohup)[ \t]+)?(?:[^\s'"]{0,200}[\\/])?curl(?:\.exe)?(?=[ \t'"\\^])/i;

/** Whether a text contains a curl command, or a PowerShell command that requests a URL. */
export function isCurl(text: string): boolean {
  const bare = withoutPrompts(text);
  return command.test(bare) || isWebRequest(bare);
}

function scriptOf(text: string): ShellScript {
  if (isCmd(text)) return cmdScript(text);
  return isPowershell(text) ? powershellScript(text) : bashScript(text);
}

function describeUnfilled(unfilled: readonly string[]): string {
  const shown = unfilled.slice(0, 5).join(', ');
  const more = unfilled.length > 5 ? ` and ${unfilled.length - 5} more` : '';
  return `${shown}${more} stood for what the shell would fill in: write a value or a secret there.`;
}

/** Adds the requests of a text with commands as {@link fromCurl} reads it. Throws as it does. */
export function addCommands(text: string, collector: RequestCollector): void {
  const bare = withoutPrompts(text);
  if (isWebRequest(bare)) {
    const unknown = addWebRequests(bare, collector);
    if (unknown.length > 0) collector.note(describeUnfilled(unknown));
    return;
  }
  const { commands, unfilled, problems } = scriptOf(bare);
  for (const { words, input } of commands) {
    const own = curlWords(words);
    if (own) for (const transfer of readTransfers({ words: own, input })) addTransfer(transfer, collector);
  }
  if (unfilled.length > 0) collector.note(describeUnfilled(unfilled));
  for (const problem of problems) collector.note(`A shell would not accept the command: ${problem}.`);
}

/**
 * Returns the requests of a text with curl commands, written for bash, cmd or PowerShell, or copied from a browser.
 * Nothing is executed. Throws a RangeError when a command names no URL, or connects to another place than its URL.
 */
export function fromCurl(text: string): ImportedRequests {
  const collector = new RequestCollector();
  addCommands(text, collector);
  return collector.finish(undefined, 'it has no request that can be sent.');
}
