import { useState } from 'react';
import { isSameFilter } from '../../../shared/history/runQuery';
import { useHistoryListStore } from '../../store/historyListStore';
import { usePreferenceStore } from '../../store/preferenceStore';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field, Input } from '../../ui/Field';
import { CloseIcon } from '../../ui/icons';
import styles from './history.module.css';

/** Prompts for the name of a filter to save. */
function SaveDialog({ onClose }: { onClose(): void }) {
  const filter = useHistoryListStore((state) => state.filter);
  const savedFilters = usePreferenceStore((state) => state.savedFilters);
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const isThere = savedFilters.some((saved) => saved.name === name);
  return (
    <Dialog label="Save the filter" onClose={onClose}>
      <form
        className={styles.saveFilter}
        onSubmit={(event) => {
          event.preventDefault();
          if (name === '') return;
          void usePreferenceStore.getState().saveFilter({ name, filter });
          onClose();
        }}
      >
        <h2>Save the filter</h2>
        <Field label="Name of the filter" hint={isThere ? 'It replaces the filter of this name.' : undefined}>
          <Input maxLength={60} value={typed} onChange={({ target }) => setTyped(target.value)} />
        </Field>
        <div className={styles.savedFilters}>
          <Button type="submit" variant="primary" disabled={name === ''}>
            {isThere ? 'Replace' : 'Save'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The saved filters, each applied with one click, and a button to save the current one. */
export function SavedFilters() {
  const filter = useHistoryListStore((state) => state.filter);
  const savedFilters = usePreferenceStore((state) => state.savedFilters);
  const [isNaming, setNaming] = useState(false);
  const isKnown = savedFilters.some((saved) => isSameFilter(saved.filter, filter));
  const canSave = Object.keys(filter).length > 0 && !isKnown;
  if (savedFilters.length === 0 && !canSave) return null;
  return (
    <span className={styles.savedFilters}>
      {savedFilters.map(({ name, filter: saved }) => (
        <span key={name} className={styles.savedFilter}>
          <Button
            size="small"
            aria-pressed={isSameFilter(saved, filter)}
            onClick={() => void useHistoryListStore.getState().replaceFilter(saved)}
          >
            {name}
          </Button>
          <Button
            size="small"
            variant="ghost"
            icon={CloseIcon}
            aria-label={`Delete the filter ${name}`}
            title={`Delete the filter ${name}`}
            onClick={() => void usePreferenceStore.getState().deleteFilter(name)}
          />
        </span>
      ))}
      {canSave && (
        <Button size="small" variant="link" onClick={() => setNaming(true)}>
          Save filter …
        </Button>
      )}
      {isNaming && <SaveDialog onClose={() => setNaming(false)} />}
    </span>
  );
}
