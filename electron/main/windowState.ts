import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { z } from 'zod';

const windowStateSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(400),
  height: z.int().min(300),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

const defaultState: WindowState = { width: 1280, height: 800, maximized: false };

/** Whether enough of the window is on a display to move it. */
function isVisible({ x, y, width }: WindowState): boolean {
  if (x === undefined || y === undefined) return true;
  return screen
    .getAllDisplays()
    .some(
      ({ workArea }) =>
        x + width > workArea.x + 80 &&
        x < workArea.x + workArea.width - 80 &&
        y >= workArea.y &&
        y < workArea.y + workArea.height - 40,
    );
}

/**
 * The last position and size of the window. The default when the file is missing or unreadable, or the window would be
 * off screen.
 */
export function readWindowState(path: string): WindowState {
  try {
    const state = windowStateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return isVisible(state) ? state : { ...state, x: undefined, y: undefined };
  } catch {
    return defaultState;
  }
}

/** Saves the position and the size of the window for the next start. A failure only loses them. */
export function rememberWindowState(window: BrowserWindow, path: string): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(state), { mode: 0o600 });
    } catch {
      // The next start uses the default position.
    }
  });
}
