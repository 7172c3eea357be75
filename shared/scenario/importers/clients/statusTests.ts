/* Tests of a status as Postman, Bruno and other clients write them in JavaScript. No script is executed. */

const number = '(\\d{3})';
const list = '\\[([\\d,\\s]{3,200})\\]';
const response = '(?:pm\\.response|res|insomnia\\.response)';
const statements = [
  `${response}\\.to\\.have\\.status\\(\\s*${number}\\s*\\)`,
  `(?:pm|insomnia)?\\.?expect\\(\\s*${response}\\.(?:code|status|getStatus\\(\\))\\s*\\)\\.to\\.(?:equal|eql|eq|be\\.equal|deep\\.equal)\\(\\s*${number}\\s*\\)`,
  `(?:pm|insomnia)?\\.?expect\\(\\s*${response}\\.(?:code|status|getStatus\\(\\))\\s*\\)\\.to\\.be\\.oneOf\\(\\s*${list}\\s*\\)`,
  `tests\\[[^\\]\\n]{1,200}\\]\\s*=\\s*responseCode\\.code\\s*===?\\s*${number}`,
  `client\\.assert\\(\\s*response\\.status\\s*===?\\s*${number}[^;\\n]{0,200}\\)`,
  `${response}\\.to\\.be\\.(?:ok|success)\\b`,
].map((source) => new RegExp(source, 'g'));

const wrapper =
  /(?:pm\.|insomnia\.|client\.)?test\(\s*(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|`[^`\n]{0,200}`)\s*,\s*(?:async\s*)?(?:function\s*\(\s*\)\s*|\(\s*\)\s*=>\s*)\{?/g;

/** Longer than any script that is written by hand. */
const maxLength = 100_000;

/** Returns the statuses that a script expects, and whether it does nothing else. */
export function readStatusTests(source: string): { statuses: number[]; isAll: boolean } {
  if (source.length > maxLength) return { statuses: [], isAll: false };
  const statuses: number[] = [];
  let rest = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  for (const statement of statements)
    rest = rest.replace(statement, (_all, found?: string | number) => {
      if (typeof found === 'string') statuses.push(...found.split(',').map(Number).filter(Number.isInteger));
      return '';
    });
  rest = rest.replace(wrapper, '');
  return { statuses: [...new Set(statuses)], isAll: /^[\s;{})]*$/.test(rest) };
}
