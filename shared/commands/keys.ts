import { type CommandId, commandIds, describeCommand } from './commands';

/** The parts of a key event that matter. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** A key press in the notation of commands; undefined for combinations that no command has. */
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

/** The command of a key press. Single keys are commands only where no text is typed: the caller knows. */
export function commandOfKey(press: KeyPress): CommandId | undefined {
  const notation = notationOf(press);
  return notation === undefined ? undefined : byKey.get(notation);
}

/** A key as it is printed on the keyboards of a system. */
export function printedKey(key: string, isMac: boolean): string {
  return isMac ? key.replace('CmdOrCtrl+', '⌘').replace('Shift+', '⇧') : key.replace('CmdOrCtrl+', 'Ctrl+');
}
