import { useEffect } from 'react';
import { remedyOn } from '../../shared/errors/remedy';
import { useNoticeStore } from '../store/noticeStore';
import { showErrorToast, showToast, Toasts } from '../ui/Toasts';

/** Messages about what has just been done, where no screen of its own tells it. */
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
