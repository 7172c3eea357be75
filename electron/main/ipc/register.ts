import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { z } from 'zod';
import { type AppError, ProofloadError, type Result, toAppError } from '../../../shared/errors/appError';
import { methodChannel } from '../../../shared/ipc/channels';
import {
  contract,
  type MethodName,
  methodNames,
  type OutputOf,
  type ParsedInputOf,
} from '../../../shared/ipc/contract';
import { describeIssues } from '../../../shared/scenario/parse';
import { isOurPage } from './sender';

/** One handler for each method of the contract. */
export type Handlers = {
  [Name in MethodName]: (input: ParsedInputOf<Name>) => OutputOf<Name> | Promise<OutputOf<Name>>;
};

function checkSender(event: IpcMainInvokeEvent, appOrigin: string): void {
  if (!isOurPage(event.senderFrame, appOrigin))
    throw new ProofloadError(
      'internal',
      'a call from a foreign page was refused',
      'close the window and open it again',
    );
}

/** The contract, typed so that the compiler connects a method with the handler of the same name. */
const methods: { readonly [Name in MethodName]: { readonly input: z.ZodType<ParsedInputOf<Name>> } } = contract;

/** Called for each call that fails. */
type OnError = (name: MethodName, error: AppError) => void;

function registerOne<Name extends MethodName>(
  name: Name,
  handlers: Handlers,
  appOrigin: string,
  onError: OnError,
): void {
  ipcMain.handle(methodChannel(name), async (event, input: unknown): Promise<Result<OutputOf<Name>>> => {
    try {
      checkSender(event, appOrigin);
      const parsed = methods[name].input.safeParse(input);
      if (!parsed.success)
        throw new ProofloadError(
          'usage',
          `the input of ${name} is not valid: ${describeIssues(parsed.error)}`,
          'restart Proofload; if it happens again, report it',
        );
      return { ok: true, value: await handlers[name](parsed.data) };
    } catch (thrown) {
      const error = toAppError(thrown);
      onError(name, error);
      return { ok: false, error };
    }
  });
}

/**
 * Connects the handlers of all methods of the contract to the windows, whose page is at `appOrigin`. Only this module
 * uses ipcMain. It checks the sender, parses the input with the contract, turns errors into values and reports them to
 * `onError`.
 */
export function registerHandlers(handlers: Handlers, appOrigin: string, onError: OnError = () => {}): void {
  for (const name of methodNames) registerOne(name, handlers, appOrigin, onError);
}
