type Tags = Readonly<Record<string, string>>;

export function counter(name: string, tags: Tags, fromMs: number, untilMs: number, added: number): object;
export function gauge(name: string, tags: Tags, atMs: number, value: number): object;
export function trend(
  name: string,
  tags: Tags,
  fromMs: number,
  untilMs: number,
  values: readonly number[],
  scale?: number,
): object;
export function batch(metrics: readonly object[]): string;
