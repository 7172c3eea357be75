import { useEffect } from 'react';
import { describeError } from '../../shared/errors/remedy';
import { useNoticeStore } from '../store/noticeStore';
import { showErrorToast, showToast, Toasts } from '../ui/Toasts';

/** Messages about completed actions that no screen reports. */
export function Notice() {
  useEffect(
    () =>
      useNoticeStore.subscribe(({ message, isLasting, error }) => {
        if (error) {
          const described = describeError('window', error);
          showErrorToast(described.message, described.remedy);
        } else if (message !== undefined) showToast(message, isLasting);
      }),
    [],
  );
  return <Toasts />;
}
