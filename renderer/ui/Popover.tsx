import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import styles from './Popup.module.css';

export interface PopoverProps {
  title: string;
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
}

/** What a button has to say, beside it, until something else is clicked. */
export function Popover({ title, trigger, children }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner className={styles.positioner} align="start" sideOffset={4}>
          <BasePopover.Popup className={styles.popover}>
            <BasePopover.Title className={styles.popoverTitle}>{title}</BasePopover.Title>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
