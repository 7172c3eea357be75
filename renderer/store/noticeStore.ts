import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';

interface NoticeState {
  /** The last completed action. Undefined without a message. */
  message: string | undefined;
  error: AppError | undefined;
  /** Whether the message stays until it is dismissed, for events that the user may not be there to see. */
  isLasting: boolean;
  say(message: string, isLasting?: boolean): void;
  fail(error: AppError): void;
}

/** The results of the user's actions that no screen shows. */
export const useNoticeStore = create<NoticeState>()((set) => ({
  message: undefined,
  error: undefined,
  isLasting: false,
  say: (message, isLasting = false) => set({ message, isLasting, error: undefined }),
  fail: (error) => set({ error, message: undefined }),
}));
