/** A shell command in the form that the program receives. */
export interface ShellCommand {
  /** The name of the program, followed by its arguments. */
  words: readonly string[];
  /** The standard input of the program, when the text contains it. */
  input: string | undefined;
}

/** The content of a shell text. */
export interface ShellScript {
  commands: readonly ShellCommand[];
  /** What the shell would expand and the text does not define: `$TOKEN`, `$(date)`. */
  unfilled: readonly string[];
  /** What is wrong with the text. */
  problems: readonly string[];
}

/** Whether a word is the program curl. */
export function isCurlProgram(word: string): boolean {
  return /(?:^|[\\/])curl(?:\.exe)?$/i.test(word);
}

/** Programs that start the program named after them. */
const wrappers = /^(?:sudo|doas|time|env|command|exec|nohup|nice|timeout|watch|winpty|stdbuf|call|start)$/i;

/** Returns the words of a curl command from `curl` on; undefined for any other command. */
export function curlWords(words: readonly string[]): readonly string[] | undefined {
  const [first = ''] = words;
  if (isCurlProgram(first)) return words;
  if (!wrappers.test(first)) return undefined;
  const at = words.findIndex(isCurlProgram);
  return at < 0 ? undefined : words.slice(at);
}

const prompt =
  /^[ \t]*(?:(?:\([\w.-]+\)[ \t]*)?\[?[\w.-]+@[\w.-]+[^\n$#%>]{0,200}[$#%>]|PS [^\n>]{0,200}>|[A-Za-z]:\\[^\n>]{0,200}>|[$%>❯λ]|➜[^\n]{0,200}?(?=[ \t])|[\w.~/-]{1,80}[$#%>])[ \t]*(?=(?:(?:sudo|time)[ \t]+)?(?:\S{0,200}[\\/])?curl(?:\.exe)?\s)/gim;

/** Returns the text without terminal prompts, `user@host:~$ curl ...`, `C:\> curl ...`, and without Markdown fences. */
export function withoutPrompts(text: string): string {
  const unfenced = text.replace(/^[ \t]*```\w{0,20}[ \t]*$/gm, '');
  const bare = unfenced.replace(prompt, '');
  if (bare === unfenced) return bare;
  // In a copied session, later commands have a prompt too, and so have continued lines (PS2).
  return bare.replace(/^[ \t]*\$ /gm, '').replace(/(?<=\\\n)> /g, '');
}
