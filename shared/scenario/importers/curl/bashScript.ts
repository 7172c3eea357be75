import {
  type Assignment,
  type Command,
  type CommandArgument,
  type CommandExpansionPart,
  forEachChild,
  type ParameterExpansionPart,
  parse,
  type Redirection,
  type SyntaxNode,
  type Word,
  type WordPart,
} from 'unbash';
import { isCurlProgram, type ShellCommand, type ShellScript } from './shellCommand';

/** Commands that assign variables. */
const declaring = /^(?:export|declare|local|readonly|typeset)$/;

/** More than a user types. Each substitution is parsed again, and here-documents are searched in all following text. */
const maxSubstitutions = 1_000;
const maxSubstitutedCharacters = 4 * 2 ** 20;
const maxHereDocuments = 5_000;

/** Walks a parsed script in the order of execution. Nothing is executed. */
class BashWalk {
  readonly commands: ShellCommand[] = [];
  readonly unfilled = new Set<string>();
  readonly problems: string[] = [];
  readonly #variables = new Map<string, string>();
  readonly #source: string;
  #substitutions = 0;
  #substitutedCharacters = 0;

  constructor(source: string) {
    this.#source = source;
  }

  walk(node: SyntaxNode, input?: string): void {
    if (node.type === 'Script')
      for (const { message } of node.errors ?? []) if (this.problems.length < 3) this.problems.push(message);
    if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') this.#count(node);
    if (node.type === 'Pipeline') {
      let piped: string | undefined;
      for (const command of node.commands) {
        this.walk(command, piped);
        piped = command.type === 'Command' ? this.#outputOf(command) : undefined;
      }
      return;
    }
    if (node.type === 'Statement' && node.background && node.command.type === 'Command') this.#background(node.command);
    // Substitutions in the words of a command run before it.
    forEachChild(node, (child) => this.walk(child, input));
    if (node.type === 'Command') this.#command(node, input);
  }

  #count({ pos, end }: SyntaxNode): void {
    this.#substitutions += 1;
    this.#substitutedCharacters += end - pos;
    if (this.#substitutions > maxSubstitutions || this.#substitutedCharacters > maxSubstitutedCharacters)
      throw new RangeError('the command has too many nested commands');
  }

  #command(command: Command, piped: string | undefined): void {
    const { name, args, prefix, redirects } = command;
    const isAssignment = (part: { type: string }): part is Assignment => part.type === 'Assignment';
    if (!name) {
      this.#assign(prefix.filter(isAssignment));
      return;
    }
    const words = this.#words(command);
    if (declaring.test(words[0] ?? '')) this.#assign(args.filter(isAssignment));
    this.commands.push({ words, input: this.#inputOf(redirects) ?? piped });
  }

  #words({ name, args }: Command): string[] {
    return name ? [this.#word(name), ...args.map((argument) => this.#argument(argument))] : [];
  }

  /** Reports an unquoted `&` between the parts of a query, which ends the command. */
  #background({ name, end }: Command): void {
    const isInWord = /^&[^\s&]/.test(this.#source.slice(end, end + 2));
    if (isInWord && name && isCurlProgram(name.value) && this.problems.length < 3)
      this.problems.push('a & outside of quotes ends the command: put the URL into quotes if it goes on');
  }

  #assign(assignments: readonly Assignment[]): void {
    for (const { name, value } of assignments) {
      if (value.type !== 'Word') continue;
      const before = this.unfilled.size;
      const text = this.#word(value);
      if (this.unfilled.size === before) this.#variables.set(name, text);
    }
  }

  #argument(argument: CommandArgument): string {
    if (argument.type === 'Word') return this.#word(argument);
    // What looks like an assignment is an argument of the program: a=1, user[name]=ann.
    const { text, value } = argument;
    return value.type === 'Word' ? text.slice(0, text.length - value.text.length) + this.#word(value) : text;
  }

  #inputOf(redirects: readonly Redirection[]): string | undefined {
    const last = redirects.findLast(({ type }) => type === 'HereDoc' || type === 'HereString');
    if (last?.type === 'HereString') return `${last.target ? this.#word(last.target) : ''}\n`;
    if (last?.type !== 'HereDoc') return undefined;
    const { parts, text } = last.body;
    const body = parts ? parts.map((part) => this.#part(part)).join('') : text;
    return last.operator === '<<-' ? body.replace(/^\t+/gm, '') : body;
  }

  /** Returns the output of a command that only prints. */
  #outputOf(command: Command): string | undefined {
    const [program, ...words] = this.#words(command);
    if (program === 'cat' && words.length === 0) return this.#inputOf(command.redirects);
    if (program === 'echo') {
      const printed = words[0] === '-n' ? words.slice(1) : words;
      return `${printed.join(' ')}${words[0] === '-n' ? '' : '\n'}`;
    }
    const [format = ''] = words;
    if (program !== 'printf' || (format.includes('%') && format !== '%s')) return undefined;
    return format === '%s' ? words.slice(1).join('') : format.replaceAll('\\n', '\n');
  }

  #word({ parts, value }: Word): string {
    return parts ? parts.map((part) => this.#part(part)).join('') : value;
  }

  #part(part: WordPart): string {
    switch (part.type) {
      case 'Literal':
      case 'Glob':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return part.value;
      case 'DoubleQuoted':
      case 'LocaleString':
        return part.parts.map((child) => this.#part(child)).join('');
      case 'SimpleExpansion':
        return this.#variables.get(part.text.slice(1)) ?? this.#unfilled(part.text);
      case 'ParameterExpansion':
        return this.#parameter(part);
      case 'BraceExpansion':
        return part.text;
      case 'CommandExpansion':
        return this.#substitution(part) ?? this.#unfilled(part.text);
      default:
        return this.#unfilled(part.text);
    }
  }

  /** Returns the output of `$(cat <<EOF ...)` and `$(echo ...)`, without trailing newlines. */
  #substitution({ script }: CommandExpansionPart): string | undefined {
    const [first, ...others] = script?.commands ?? [];
    if (first?.command.type !== 'Command' || others.length > 0) return undefined;
    return this.#outputOf(first.command)?.replace(/\n+$/, '');
  }

  #parameter({ text, parameter, operation, index, prefix }: ParameterExpansionPart): string {
    if (index || prefix) return this.#unfilled(text);
    const value = this.#variables.get(parameter);
    if (!operation) return value ?? this.#unfilled(text);
    if (operation.type !== 'Default' || !/^:?[-=]$/.test(operation.operator)) return this.#unfilled(text);
    return value ?? this.#word(operation.operand);
  }

  #unfilled(text: string): string {
    this.unfilled.add(text.slice(0, 80));
    return text;
  }
}

/**
 * Returns the commands of a text as bash reads it: quotes, comments, pipes, lists, here-documents, continued lines.
 * Variables that the text assigns are expanded. Everything else that bash would expand stays as written.
 */
export function bashScript(text: string): ShellScript {
  const source = text.replaceAll('\r\n', '\n');
  if (source.split('<<', maxHereDocuments + 1).length > maxHereDocuments)
    throw new RangeError(`the command has more than ${maxHereDocuments} here-documents`);
  const walk = new BashWalk(source);
  walk.walk(parse(source));
  return { commands: walk.commands, unfilled: [...walk.unfilled], problems: walk.problems };
}
