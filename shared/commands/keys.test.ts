import { describe, expect, it } from 'vitest';
import { quickDuration } from '../run/quickRun';
import { commandIds, describeCommand } from './commands';
import { commandOfKey, printedKey } from './keys';

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe('keys', () => {
  it('are of one command each', () => {
    const keys = commandIds.map((id) => describeCommand(id).key).filter((key) => key !== undefined);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('find their command, with Ctrl or Cmd, in upper and lower case', () => {
    expect(commandOfKey({ ...none, key: 'r' })).toBe('start');
    expect(commandOfKey({ ...none, key: '?', shiftKey: true })).toBe('keys');
    expect(commandOfKey({ ...none, key: 'k', ctrlKey: true })).toBe('palette');
    expect(commandOfKey({ ...none, key: 'k', metaKey: true })).toBe('palette');
    expect(commandOfKey({ ...none, key: 'C', metaKey: true, shiftKey: true })).toBe('copy-markdown');
  });

  it('are no command with Alt, or when they belong to the system', () => {
    expect(commandOfKey({ ...none, key: 'r', altKey: true })).toBeUndefined();
    expect(commandOfKey({ ...none, key: 'r', ctrlKey: true })).toBeUndefined();
    expect(commandOfKey({ ...none, key: 'c', ctrlKey: true })).toBeUndefined();
    expect(commandOfKey({ ...none, key: 'Shift', shiftKey: true })).toBeUndefined();
  });

  it('name the duration of a quick run as the setup does', () => {
    expect(describeCommand('quick').title).toBe(`Turn quick runs of ${quickDuration} on or off`);
  });

  it('are printed as the keyboard has them', () => {
    expect(printedKey('CmdOrCtrl+Shift+C', true)).toBe('⌘⇧C');
    expect(printedKey('CmdOrCtrl+Shift+C', false)).toBe('Ctrl+Shift+C');
    expect(printedKey('R', false)).toBe('R');
  });
});
