import { useEffect } from 'react';
import { commandOfKey } from '../../shared/commands/keys';
import { levelMark } from '../../shared/scenario/describe';
import { runCommand } from '../commands/commandActions';
import { useCatalogStore } from '../store/catalogStore';

function chooseLevelByNumber(digit: string): void {
  const { catalog, chooseLevel } = useCatalogStore.getState();
  const level = catalog?.levels.find((candidate) => levelMark(candidate) === digit);
  if (level) chooseLevel(level.id);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=checkbox]):not([type=radio]), textarea, [role=combobox]')
  );
}

/** Elements over a screen that handle keys themselves. */
const withOwnKeys = '[role=dialog], [role=menu], [role=listbox]';

/** Handles the keys of commands: with Ctrl or Cmd everywhere, single keys only outside text fields. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isCombined = event.ctrlKey || event.metaKey;
      const isOver = event.target instanceof HTMLElement && event.target.closest(withOwnKeys) !== null;
      if (!isCombined && (isTyping(event.target) || (isOver && event.key !== '?'))) return;
      const command = commandOfKey(event);
      if (command) {
        event.preventDefault();
        runCommand(command);
      } else if (!isCombined && /^\d$/.test(event.key)) chooseLevelByNumber(event.key);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
