import clsx from 'clsx';
import { useState } from 'react';
import { maxCompared } from '../../../shared/comparison/comparison';
import { useCompareStore } from '../../store/compareStore';
import { useHistoryListStore } from '../../store/historyListStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';

function runs(count: number): string {
  return `${count} ${count === 1 ? 'run' : 'runs'}`;
}

/** Ids begin with the start time. */
function oldestFirst(ids: readonly string[]): string[] {
  return [...ids].sort();
}

/** The actions for the selected runs, and the undo of the last deletion. */
export function HistorySelection() {
  const { selected, deleted, deleteSelected, undoDelete, tagSelected, select } = useHistoryListStore();
  const compare = useCompareStore((state) => state.compare);
  const show = useScreenStore((state) => state.show);
  const [tag, setTag] = useState('');
  if (selected.size === 0) {
    if (deleted.length === 0) return null;
    return (
      <p className={shared.panel} role="status">
        {runs(deleted.length)} deleted.{' '}
        <Button variant="link" onClick={() => void undoDelete()}>
          Undo
        </Button>
      </p>
    );
  }
  const isTag = tag.trim() !== '';
  return (
    <section className={clsx(shared.panel, shared.toolbar)} aria-label="Selected runs">
      <span>{runs(selected.size)} selected</span>
      <form
        className={shared.toolbar}
        onSubmit={(event) => {
          event.preventDefault();
          void tagSelected(tag.trim(), true);
        }}
      >
        <input
          className={shared.field}
          aria-label="Tag"
          placeholder="Tag"
          maxLength={64}
          value={tag}
          onChange={({ target }) => setTag(target.value)}
        />
        <Button type="submit" disabled={!isTag}>
          Add
        </Button>
        <Button disabled={!isTag} onClick={() => void tagSelected(tag.trim(), false)}>
          Remove
        </Button>
      </form>
      <Button
        disabled={selected.size < 2 || selected.size > maxCompared}
        title={`Compares two to ${maxCompared} runs; the oldest is the baseline`}
        onClick={() => {
          void compare(oldestFirst([...selected]));
          show('compare');
        }}
      >
        Compare
      </Button>
      <Button onClick={() => void deleteSelected()}>Delete</Button>
      <Button variant="link" onClick={() => select([...selected], false)}>
        Clear selection
      </Button>
    </section>
  );
}
