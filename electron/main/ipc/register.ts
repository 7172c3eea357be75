import { ipcMain } from 'electron';
import type { Result } from '../../../shared/errors/appError';
import { methodChannel } from '../../../shared/ipc/channels';
import type { MethodName } from '../../../shared/ipc/contract';
import type { SenderFrame } from './sender';

/** Answers one call of a page. Failures are values. */
export type Answer = (name: MethodName, sender: SenderFrame | null, input: unknown) => Promise<Result<unknown>>;

/** The method names of the contract, inserted by the build. The contract itself is loaded after the first paint. */
declare const __METHOD_NAMES__: readonly MethodName[];

/**
 * Receives the calls of the windows from now on. They wait for `answer`, because the page begins before the services are
 * there. Only this module uses ipcMain.
 */
export function registerMethods(answer: Promise<Answer>): void {
  for (const name of __METHOD_NAMES__)
    ipcMain.handle(methodChannel(name), async ({ senderFrame }, input: unknown) => {
      // As it is now: the frame may show another page when the call is answered.
      const sender = senderFrame && { url: senderFrame.url, parent: senderFrame.parent };
      return (await answer)(name, sender, input);
    });
}
