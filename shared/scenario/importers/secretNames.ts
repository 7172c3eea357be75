/** Returns a name in the style of secrets and environment variables: `bearerAuth` becomes `BEARER_AUTH`. */
export function secretNameOf(text: string): string {
  return (
    text
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .replace(/^(?=\d)/, '_')
      .slice(0, 60) || 'SECRET'
  );
}
