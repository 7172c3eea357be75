import { type CommandId, commandIds } from '../commands/commands';

/** A request of the main process to a window: a menu command, to open a run, or to report a crash. */
export type WindowRequest =
  | { kind: 'command'; id: CommandId }
  | { kind: 'open-run'; runId: string }
  | { kind: 'crashed'; reason: string };

const runIdPattern = /^[\w-]{1,64}$/;
const scheme = 'proofload:';

/** Returns a link that opens a run in Proofload. */
export function runLink(runId: string): string {
  return `${scheme}//run/${runId}`;
}

/** Returns the run of a link; undefined for any other text. */
export function runOfLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { protocol, host, pathname } = new URL(link);
  const runId = pathname.slice(1);
  return protocol === scheme && host === 'run' && runIdPattern.test(runId) ? runId : undefined;
}

/** Encodes a request as the fragment of the page URL, for a window that is being opened. */
export function toFragment(request: WindowRequest): string {
  switch (request.kind) {
    case 'open-run':
      return `run=${request.runId}`;
    case 'command':
      return `command=${request.id}`;
    case 'crashed':
      return `crashed=${request.reason}`;
  }
}

/** Decodes the request in a fragment, with or without its `#`; undefined when there is none. */
export function fromFragment(fragment: string): WindowRequest | undefined {
  const [kind = '', value = ''] = fragment.replace(/^#/, '').split('=');
  if (kind === 'run' && runIdPattern.test(value)) return { kind: 'open-run', runId: value };
  if (kind === 'crashed') return { kind, reason: value.replace(/[^\w-]/g, '') };
  const id = commandIds.find((known) => known === value);
  return kind === 'command' && id ? { kind: 'command', id } : undefined;
}
