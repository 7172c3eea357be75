import { baseName, type FormPart, typeOfFile } from '../multipart';
import { type CurlTransfer, contentOf } from './curlTransfer';

/** `;type=text/html` or `;filename="a.png"` after the content of a part. */
const modifier = /;\s*(type|filename|headers|encoder)=("(?:[^"\\]|\\.)*"|[^;]*)/gi;

function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text;
}

/** Separates the content of a part from its modifiers. Quoted content can contain semicolons. */
function takeApart(text: string): { content: string; said: Map<string, string> } {
  const [inQuotes] = /^[@<]?"(?:[^"\\]|\\.)*"/.exec(text) ?? [];
  const end = inQuotes?.length ?? text.search(/;\s*(?:type|filename|headers|encoder)=/i);
  const content = end < 0 ? text : text.slice(0, end);
  const said = new Map(
    [...(end < 0 ? '' : text.slice(end)).matchAll(modifier)].map(([, name = '', value = '']): [string, string] => [
      name.toLowerCase(),
      unquoted(value.trim()),
    ]),
  );
  const mark = /^[@<]/.exec(content)?.[0] ?? '';
  return { content: mark + unquoted(content.slice(mark.length)), said };
}

/** Reads a value of `-F`: `name=value`, `name=@file` or `name=<file`. For `--form-string` the whole value is text. */
export function readFormPart(transfer: CurlTransfer, text: string, isLiteral: boolean): FormPart {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const value = at < 0 ? '' : text.slice(at + 1);
  if (isLiteral) return { name, value };
  const { content, said } = takeApart(value);
  const type = said.get('type');
  if (said.has('headers') || said.has('encoder'))
    transfer.notes.push(`Headers and encoder of the part ${name} were left out.`);
  if (content.startsWith('<'))
    return { name, value: contentOf(transfer, content.slice(1)), fileName: said.get('filename'), contentType: type };
  if (!content.startsWith('@')) return { name, value: content, fileName: said.get('filename'), contentType: type };
  const file = content.slice(1);
  return {
    name,
    value: contentOf(transfer, file),
    fileName: said.get('filename') ?? baseName(file),
    contentType: type ?? typeOfFile(file),
  };
}
