import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './Button';
import { MoveIcon } from './icons';
import styles from './ReorderList.module.css';
import shared from './shared.module.css';

export interface ReorderListProps {
  label: string;
  /** The names of the items, in order. */
  names: readonly string[];
  isDisabled?: boolean;
  onMove(from: number, to: number): void;
  /** Renders an item. `handle` is its drag handle. */
  renderItem(place: number, handle: ReactNode): ReactNode;
}

const keyDirections: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/**
 * A list that the user can reorder. An item is dragged by its handle, or moved with Alt and the arrow keys while the
 * handle has the focus. The focus moves with it.
 */
export function ReorderList({ label, names, isDisabled = false, onMove, renderItem }: ReorderListProps) {
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const [announcement, setAnnouncement] = useState('');
  const handles = useRef(new Map<number, HTMLButtonElement>());
  const focused = useRef<number>(undefined);
  // Runs after the list is rendered in its new order, when the handle at this index belongs to the moved item.
  useEffect(() => {
    if (focused.current === undefined) return;
    handles.current.get(focused.current)?.focus();
    focused.current = undefined;
  });

  const move = (from: number, to: number): void => {
    if (to < 0 || to >= names.length || from === to) return;
    setAnnouncement(`${names[from]} is number ${to + 1} of ${names.length} now`);
    onMove(from, to);
  };
  const endDrag = (): void => {
    setDragged(undefined);
    setOver(undefined);
  };
  const onKeyDown = (event: KeyboardEvent, place: number): void => {
    const direction = event.altKey ? keyDirections[event.key] : undefined;
    if (direction === undefined) return;
    event.preventDefault();
    const to = place + direction;
    if (to >= 0 && to < names.length) focused.current = to;
    move(place, to);
  };
  const onDragStart = (event: DragEvent, place: number, name: string): void => {
    event.stopPropagation();
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', name);
    const item = event.currentTarget.closest('li');
    if (item) event.dataTransfer.setDragImage(item, 0, 0);
    setDragged(place);
  };

  return (
    <div className={styles.frame}>
      <ol className={styles.list} aria-label={label}>
        {names.map((name, place) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: an item has no identity but its place
            key={place}
            aria-label={name}
            className={styles.item}
            data-drop={over === place && dragged !== undefined ? (dragged > place ? 'before' : 'after') : undefined}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setOver(place);
            }}
            onDrop={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              move(dragged, place);
              endDrag();
            }}
          >
            {renderItem(
              place,
              <Button
                variant="ghost"
                size="small"
                icon={MoveIcon}
                aria-label={`Move ${name}`}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                title="Drag to move, or press Alt+Up or Alt+Down"
                disabled={isDisabled}
                draggable={!isDisabled}
                ref={(button) => {
                  if (button) handles.current.set(place, button);
                  else handles.current.delete(place);
                }}
                onDragStart={(event) => onDragStart(event, place, name)}
                onDragEnd={endDrag}
                onKeyDown={(event) => onKeyDown(event, place)}
              />,
            )}
          </li>
        ))}
      </ol>
      <p className={shared.visuallyHidden} role="status">
        {announcement}
      </p>
    </div>
  );
}
