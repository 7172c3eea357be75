import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';

interface NoticeState {
  /** What has just been done; undefined when there is nothing to say. */
  message: string | undefined;
  error: AppError | undefined;
  /** Whether the message stays until it is dismissed: of what the user may not be there to see. */
  isLasting: boolean;
  say(message: string, isLasting?: boolean): void;
  fail(error: AppError): void;
}

/** What has become of what the user asked for, where no screen of its own tells it. */
export const useNoticeStore = create<NoticeState>()((set) => ({
  message: undefined,
  error: undefined,
  isLasting: false,
  say: (message, isLasting = false) => set({ message, isLasting, error: undefined }),
  fail: (error) => set({ error, message: undefined }),
}));
