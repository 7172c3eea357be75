/** Hues by what a part is about; parts of one kind are told apart by their labels and their order. */
const colors: Readonly<Record<string, string>> = {
  send_wait: 'var(--part-client)',
  connect: 'var(--part-client)',
  network: 'var(--part-network)',
  unattributed: 'var(--part-network)',
  receive: 'var(--part-network)',
  'server.loop': 'var(--part-loop)',
  'server.wait': 'var(--part-wait)',
  'server.cache': 'var(--part-engine)',
  'server.prepare': 'var(--part-engine)',
  'server.fetch': 'var(--part-engine)',
  'server.decode': 'var(--part-convert)',
  'server.encode': 'var(--part-convert)',
  'server.serialise': 'var(--part-convert)',
  'server.write': 'var(--part-commit)',
  'server.commit': 'var(--part-commit)',
  'server.handler': 'var(--part-handler)',
};

/** The CSS colour of a part of a request (shared/attribution/parts.ts). */
export function partColor(part: string): string {
  return colors[part] ?? 'var(--part-other)';
}
