/** A command of a shell, as the program would get it. */
export interface ShellCommand {
  /** The name of the program first. */
  words: readonly string[];
  /** What the program would read from its standard input, where the text says it. */
  input: string | undefined;
}

/** What a text of a shell says. */
export interface ShellScript {
  commands: readonly ShellCommand[];
  /** What the shell would fill in and the text does not say: `$TOKEN`, `$(date)`. */
  unfilled: readonly string[];
  /** What is wrong with the text. */
  problems: readonly string[];
}

/** Whether a word is the program curl. */
export function isCurlProgram(word: string): boolean {
  return /(?:^|[\\/])curl(?:\.exe)?$/i.test(word);
}

/** Programs that start the program that is named behind them. */
const wrappers = /^(?:sudo|doas|time|env|command|exec|nohup|nice|timeout|watch|winpty|stdbuf|call|start)$/i;

/** The words of a curl command from `curl` on; undefined for any other command. */
export function curlWords(words: readonly string[]): readonly string[] | undefined {
  const [first = ''] = words;
  if (isCurlProgram(first)) return words;
  if (!wrappers.test(first)) return undefined;
  const at = words.findIndex(isCurlProgram);
  return at < 0 ? undefined : words.slice(at);
}

const prompt =
  /^[ \t]*(?:(?:\([\w.-]+\)[ \t]*)?\[?[\w.-]+@[\w.-]+[^\n$#%>]{0,200}[$#%>]|PS [^\n>]{0,200}>|[A-Za-z]:\\[^\n>]{0,200}>|[$%>❯λ]|➜[^\n]{0,200}?(?=[ \t])|[\w.~/-]{1,80}[$#%>])[ \t]*(?=(?:(?:sudo|time)[ \t]+)?(?:\S{0,200}[\\/])?curl(?:\.exe)?\s)/gim;

/** The text without the prompts of a terminal, `user@host:~$ curl ...`, `C:\> curl ...`, and without fences of Markdown. */
export function withoutPrompts(text: string): string {
  const unfenced = text.replace(/^[ \t]*```\w{0,20}[ \t]*$/gm, '');
  const bare = unfenced.replace(prompt, '');
  if (bare === unfenced) return bare;
  // In a session that was copied other commands have a prompt too, and so have lines that go on (PS2).
  return bare.replace(/^[ \t]*\$ /gm, '').replace(/(?<=\\\n)> /g, '');
}
