/** A string of JSON, or a comment of JavaScript. */
const stringOrComment = /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Returns JSON without comments, as Postman and Bruno send it. Everything else stays as it is written. */
export function withoutJsonComments(text: string): string {
  if (!text.includes('//') && !text.includes('/*')) return text;
  return text.replace(stringOrComment, (_all, string: string | undefined) => string ?? '');
}
