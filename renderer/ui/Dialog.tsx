import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import styles from './Dialog.module.css';

export interface DialogProps {
  label: string;
  /** `palette` stands high and narrow, where the eye looks for what is typed. */
  kind?: 'normal' | 'palette';
  onClose(): void;
  children: ReactNode;
}

/** Before the next key: the library would wait for a frame, in which what is typed would be a command. */
function takeFocus(popup: HTMLElement | null): void {
  popup?.querySelector<HTMLElement>('input, textarea, button')?.focus();
}

/**
 * A modal dialog over the screen while it is rendered. It takes the focus, keeps it in, gives it back, and closes by
 * Escape or a click beside it.
 */
export function Dialog({ label, kind = 'normal', onClose, children }: DialogProps) {
  const [opener] = useState(() => document.activeElement);
  return (
    <BaseDialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Popup
          ref={takeFocus}
          aria-label={label}
          className={clsx(styles.dialog, styles[kind])}
          initialFocus={false}
          finalFocus={() => (opener instanceof HTMLElement ? opener : true)}
        >
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
