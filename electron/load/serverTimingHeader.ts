const metric = /([A-Za-z0-9!#$%&'*+.^_`|~-]+)((?:\s*;[^,]*)?)/g;
const durationParameter = /;\s*dur=\s*"?([0-9.]+)/;

/** The metrics of a `Server-Timing` header (W3C Server Timing) that carry a duration, in ms. */
export function parseServerTiming(header: string): [name: string, durationMs: number][] {
  const parts: [string, number][] = [];
  for (const [, name = '', parameters = ''] of header.matchAll(metric)) {
    const durationMs = Number(durationParameter.exec(parameters)?.[1]);
    if (Number.isFinite(durationMs)) parts.push([name, durationMs]);
  }
  return parts;
}
