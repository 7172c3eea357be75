/** Prints rows as a Markdown table. */
export function printTable(header: readonly string[], rows: readonly (readonly unknown[])[]): void {
  for (const row of [header, header.map(() => '---'), ...rows]) process.stdout.write(`| ${row.join(' | ')} |\n`);
  process.stdout.write('\n');
}

/** Milliseconds with three digits. */
export function ms(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
