/** Names secrets in a sentence: `the secrets A, B and C`. */
export function secretsInWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? `the secret ${last}` : `the secrets ${names.slice(0, -1).join(', ')} and ${last}`;
}
