import type { ReactNode } from 'react';
import { Button } from '../../ui/Button';
import { RemoveButton } from '../../ui/RemoveButton';
import { freeKey, withName } from '../scenarioDraft/checkForm';
import { isRecord, withKey } from '../scenarioDraft/draftValues';
import { setValue } from '../scenarioDraft/fields';
import styles from './journeys.module.css';
import { TypedInput } from './TypedInput';

interface RecordRowsProps {
  title: string;
  /** The path of the object in the draft. */
  path: string;
  record: unknown;
  isReadOnly: boolean;
  /** What an entry is called: `header`. */
  kind: string;
  /** The label of the field for a name, before the number of its row. */
  nameLabel: string;
  addLabel: string;
  /** The name and the value of a new entry. */
  first: readonly [name: string, value: unknown];
  /** Below the rows. */
  note?: ReactNode;
  /** The fields for the value of an entry. */
  children(name: string, value: unknown, change: (value: unknown) => void): ReactNode;
}

/** An object of the draft as rows of a name and a value each. Without entries, the draft does not have it. */
export function RecordRows(props: RecordRowsProps) {
  const { title, path, isReadOnly, kind, nameLabel, addLabel, first, note, children } = props;
  const record = isRecord(props.record) ? props.record : {};
  const names = Object.keys(record);
  const [firstName, firstValue] = first;
  return (
    <fieldset className={styles.rows}>
      <legend>{title}</legend>
      {names.map((name, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry keeps its place while its name changes
        <div key={place} className={styles.row}>
          <TypedInput
            label={`${nameLabel} ${place + 1}`}
            value={name}
            isReadOnly={isReadOnly}
            onTake={(typed) => setValue(path, withName(record, name, typed))}
          />
          {children(name, record[name], (value) => setValue(path, { ...record, [name]: value }))}
          <RemoveButton
            name={`${kind} ${name}`}
            isDisabled={isReadOnly}
            onRemove={() => setValue(path, names.length === 1 ? undefined : withKey(record, name, undefined))}
          />
        </div>
      ))}
      {note}
      <Button
        variant="link"
        disabled={isReadOnly}
        onClick={() => setValue(path, { ...record, [freeKey(firstName, (name) => name in record)]: firstValue })}
      >
        {addLabel}
      </Button>
    </fieldset>
  );
}
