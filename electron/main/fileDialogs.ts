import { extname } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { writeUserFile } from '../system/privateFiles';

function parent(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
}

/** Prompts for a file to write. Undefined when the user cancels. */
export async function askWhereToSave(title: string, suggestion: string): Promise<string | undefined> {
  const ending = extname(suggestion).slice(1);
  const options = { title, defaultPath: suggestion, filters: [{ name: ending.toUpperCase(), extensions: [ending] }] };
  const window = parent();
  const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return filePath || undefined;
}

/** Prompts for files to read. Empty when the user cancels. */
export async function askForFiles(title: string): Promise<string[]> {
  const options = { title, properties: ['openFile' as const, 'multiSelections' as const] };
  const window = parent();
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths;
}

/** Writes content to a file that the user chooses. Returns that file, or null. Throws `output-unwritable`. */
export async function saveAs(title: string, suggestion: string, content: string | Uint8Array): Promise<string | null> {
  const file = await askWhereToSave(title, suggestion);
  if (file === undefined) return null;
  try {
    // The window reports the file as saved after this returns, so it must be on the disk by then.
    writeUserFile(file, content);
    return file;
  } catch (error) {
    throw new ProofloadError(
      'output-unwritable',
      `${file} cannot be written: ${errorMessage(error)}`,
      'choose another folder, or free space on its disk',
      { cause: error },
    );
  }
}
