import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import styles from './Dialog.module.css';

export interface DialogProps {
  label: string;
  /** `palette` is narrow and near the top of the window. */
  kind?: 'normal' | 'palette';
  onClose(): void;
  children: ReactNode;
}

/** Sets the focus before the next key. The library would wait for a frame, in which typed keys would be commands. */
function takeFocus(popup: HTMLElement | null): void {
  popup?.querySelector<HTMLElement>('input, textarea, button')?.focus();
}

/**
 * A modal dialog, open while it is rendered. It traps the focus and gives it back, and closes on Escape or a click
 * outside.
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
