import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';

interface NoticeState {
  /** What has just been done; undefined when there is nothing to say. */
  message: string | undefined;
  error: AppError | undefined;
  say(message: string): void;
  fail(error: AppError): void;
  dismiss(): void;
}

/** What has become of what the user asked for, where no screen of its own tells it. */
export const useNoticeStore = create<NoticeState>()((set) => ({
  message: undefined,
  error: undefined,
  say: (message) => set({ message, error: undefined }),
  fail: (error) => set({ error, message: undefined }),
  dismiss: () => set({ message: undefined, error: undefined }),
}));
