import type { z } from 'zod';
import { type AppError, ProofloadError, type Result, toAppError } from '../../../shared/errors/appError';
import { contract, type MethodName, type OutputOf, type ParsedInputOf } from '../../../shared/ipc/contract';
import { describeIssues } from '../../../shared/scenario/parse';
import type { Answer } from './register';
import { isOurPage, type SenderFrame } from './sender';

/** One handler for each method of the contract. */
export type Handlers = {
  [Name in MethodName]: (input: ParsedInputOf<Name>) => OutputOf<Name> | Promise<OutputOf<Name>>;
};

function checkSender(sender: SenderFrame | null, appOrigin: string): void {
  if (!isOurPage(sender, appOrigin))
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

async function handle<Name extends MethodName>(
  handlers: Handlers,
  name: Name,
  input: unknown,
): Promise<OutputOf<Name>> {
  const parsed = methods[name].input.safeParse(input);
  if (!parsed.success)
    throw new ProofloadError(
      'usage',
      `the input of ${name} is not valid: ${describeIssues(parsed.error)}`,
      'restart Proofload; if it happens again, report it',
    );
  return handlers[name](parsed.data);
}

/**
 * Connects the handlers of all methods of the contract to the windows, whose page is at `appOrigin`: checks the sender,
 * parses the input with the contract, turns errors into values and reports them to `onError`.
 */
export function answerWith(handlers: Handlers, appOrigin: string, onError: OnError = () => {}): Answer {
  return async (name, sender, input): Promise<Result<unknown>> => {
    try {
      checkSender(sender, appOrigin);
      return { ok: true, value: await handle(handlers, name, input) };
    } catch (thrown) {
      const error = toAppError(thrown);
      onError(name, error);
      return { ok: false, error };
    }
  };
}
