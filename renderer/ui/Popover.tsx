import { Popover as BasePopover } from '@base-ui/react/popover';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { Button } from './Button';
import styles from './Popup.module.css';

export interface PopoverProps {
  title: string;
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
  /** A link to details. The popover closes, and the found element is scrolled to and focused. */
  more?: { label: string; find(): HTMLElement | undefined } | undefined;
}

/** Details of a button, beside it, until the user clicks elsewhere. */
export function Popover({ title, trigger, children, more }: PopoverProps) {
  const place = useRef<HTMLElement>(undefined);
  /** Called when the popover closes. The focus goes back to the trigger, or to the element that the link found. */
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
