import { type ReactNode, useEffect, useRef } from 'react';

interface SheetProps {
  label: string;
  onClose(): void;
  children: ReactNode;
}

/**
 * A modal dialog over the screen, while it is rendered. The platform's own: it keeps the focus in, gives it back, and
 * closes by Escape or a click beside it.
 */
export function Sheet({ label, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // A field is what one came for; the dialog alone would choose the first that can have the focus at all.
    element?.querySelector<HTMLElement>('input, button')?.focus();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, which the dialog itself sees to
    <dialog
      ref={dialog}
      className="sheet"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) onClose();
      }}
    >
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}
