import { type CommandId, commandIds, describeCommand } from './commands';

/** The relevant fields of a key event. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Returns a key press in the notation of commands; undefined for combinations that no command uses. */
function notationOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string | undefined {
  if (altKey) return undefined;
  const name = key.length === 1 ? key.toUpperCase() : key;
  if (!ctrlKey && !metaKey) return name;
  return shiftKey ? `CmdOrCtrl+Shift+${name}` : `CmdOrCtrl+${name}`;
}

const byKey = new Map<string, CommandId>(
  commandIds.flatMap((id) => {
    const { key } = describeCommand(id);
    return key === undefined ? [] : [[key, id] as const];
  }),
);

/** Returns the command of a key press. The caller must not use single keys while text is being typed. */
export function commandOfKey(press: KeyPress): CommandId | undefined {
  const notation = notationOf(press);
  return notation === undefined ? undefined : byKey.get(notation);
}

/** Formats a key as printed on the keyboards of a system. */
export function printedKey(key: string, isMac: boolean): string {
  return isMac ? key.replace('CmdOrCtrl+', '⌘').replace('Shift+', '⇧') : key.replace('CmdOrCtrl+', 'Ctrl+');
}
