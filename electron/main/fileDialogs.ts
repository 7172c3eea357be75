import { extname } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { writeUserFile } from '../system/privateFiles';

function parent(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
}

/** Asks for a file to write; undefined when the user cancels. */
export async function askWhereToSave(title: string, suggestion: string): Promise<string | undefined> {
  const ending = extname(suggestion).slice(1);
  const options = { title, defaultPath: suggestion, filters: [{ name: ending.toUpperCase(), extensions: [ending] }] };
  const window = parent();
  const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return filePath || undefined;
}

/** Asks for files to read; none when the user cancels. */
export async function askForFiles(title: string): Promise<string[]> {
  const options = { title, properties: ['openFile' as const, 'multiSelections' as const] };
  const window = parent();
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths;
}

/** Writes what the user wants to keep where the user says. Returns that file, or null. Throws `output-unwritable`. */
export async function saveAs(title: string, suggestion: string, content: string | Uint8Array): Promise<string | null> {
  const file = await askWhereToSave(title, suggestion);
  if (file === undefined) return null;
  try {
    // It is said to be saved when this has returned: then it is on the disk.
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
