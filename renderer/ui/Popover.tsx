import { Popover as BasePopover } from '@base-ui/react/popover';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { Button } from './Button';
import styles from './Popup.module.css';

export interface PopoverProps {
  title: string;
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
  /** Where more is to be read: the place is scrolled to and has the focus when the popover has been left for it. */
  more?: { label: string; find(): HTMLElement | undefined } | undefined;
}

/** What a button has to say, beside it, until something else is clicked. */
export function Popover({ title, trigger, children, more }: PopoverProps) {
  const place = useRef<HTMLElement>(undefined);
  /** Called when the popover is closed: the focus goes back to the trigger, or on to the place that was chosen. */
  const focusAfter = (): HTMLElement | true => {
    const found = place.current;
    place.current = undefined;
    if (!found) return true;
    found.scrollIntoView({ block: 'center' });
    return found;
  };
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner className={styles.positioner} align="start" sideOffset={4}>
          <BasePopover.Popup className={styles.popover} finalFocus={focusAfter}>
            <BasePopover.Title className={styles.popoverTitle}>{title}</BasePopover.Title>
            {children}
            {more && (
              <BasePopover.Close
                render={<Button variant="link" />}
                onClick={() => {
                  place.current = more.find();
                }}
              >
                {more.label}
              </BasePopover.Close>
            )}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
