import { type PowershellToken, powershellTokens } from './powershellWords';
import type { ShellCommand, ShellScript } from './shellCommand';

/** Whether a text is written for PowerShell: it calls its web command, or continues lines with a backtick. */
export function isPowershell(text: string): boolean {
  return isWebRequest(text) || text.split('\n').some((line) => /[ \t]`[ \t]{0,9}\r?$/.test(line.slice(-12)));
}

/** Whether a text calls `Invoke-WebRequest`, which browsers copy for PowerShell. */
export function isWebRequest(text: string): boolean {
  return /(?:^|[\n;|(])[ \t]*(?:\$\w+[ \t]*=[ \t]*)?(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm|curl)[ \t](?:[^\n]{0,2000}?[ \t])?-(?:Uri|Method|Headers|WebSession|UseBasicParsing|Proxy|Body|TimeoutSec)[ \t]/i.test(
    text,
  );
}

/** Splits tokens into commands. Text in brackets can span several lines. */
export function* powershellCommands(tokens: readonly PowershellToken[]): Generator<readonly PowershellToken[]> {
  let command: PowershellToken[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'mark') {
      if (/^(?:@?\{|\()$/.test(token.text)) depth += 1;
      if (/^[})]$/.test(token.text)) depth = Math.max(0, depth - 1);
      if (depth === 0 && /^[\n;|&]$/.test(token.text)) {
        if (command.length > 0) yield command;
        command = [];
        continue;
      }
    }
    command.push(token);
  }
  if (command.length > 0) yield command;
}

/**
 * Returns the commands of a text as PowerShell passes them to a program. Quotes within words are escaped with
 * backslashes.
 */
export function powershellScript(text: string): ShellScript {
  const { tokens, unfilled } = powershellTokens(text);
  const commands = [...powershellCommands(tokens)].map(
    (command): ShellCommand => ({ words: command.map((token) => token.text.replaceAll('\\"', '"')), input: undefined }),
  );
  return { commands, unfilled, problems: [] };
}
