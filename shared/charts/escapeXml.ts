/** Characters that XML 1.0 forbids, even in escaped form. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Escapes a text for XML, HTML or an attribute in double quotes. */
export function escapeXml(text: string): string {
  return text.replace(forbidden, '\u{FFFD}').replace(/[&<>"\n]/g, (character) => entities[character] ?? '');
}
