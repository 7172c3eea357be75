import { useEffect } from 'react';
import { remedyOn } from '../../shared/errors/remedy';
import { useNoticeStore } from '../store/noticeStore';
import { showErrorToast, showToast, Toasts } from '../ui/Toasts';

/** Messages about completed actions that no screen reports. */
export function Notice() {
  useEffect(
    () =>
      useNoticeStore.subscribe(({ message, isLasting, error }) => {
        if (error) showErrorToast(error.message, remedyOn('window', error));
        else if (message !== undefined) showToast(message, isLasting);
      }),
    [],
  );
  return <Toasts />;
}
