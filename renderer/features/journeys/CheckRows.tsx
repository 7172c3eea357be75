import { Button } from '../../ui/Button';
import { RemoveButton } from '../../ui/RemoveButton';
import { Select } from '../../ui/Select';
import {
  checkKinds,
  comparisonOf,
  comparisons,
  kindOfCheck,
  newCheck,
  statusesOf,
  statusesText,
  withComparison,
} from '../scenarioDraft/checkForm';
import { jsonOf, jsonTextOf, type Raw, recordsOf, textOf, withKey } from '../scenarioDraft/draftValues';
import { changeList } from '../scenarioDraft/fields';
import styles from './journeys.module.css';
import { TypedInput } from './TypedInput';

interface CheckFieldsProps {
  check: Raw;
  /** The name of the row. */
  name: string;
  isReadOnly: boolean;
  onChange(check: Raw): void;
}

/** A header or a JSONPath, and what its value is compared with. */
function ComparedFields({ check, name, isReadOnly, onChange }: CheckFieldsProps) {
  const key = 'header' in check ? 'header' : 'jsonPath';
  const comparison = comparisonOf(check);
  // A JSON value has no text to search in.
  const choices = comparisons.filter(([choice]) => key === 'header' || !['contains', 'matches'].includes(choice));
  const isValue = comparison === 'equals' || comparison === 'contains' || comparison === 'matches';
  const isJson = key === 'jsonPath';
  return (
    <>
      <TypedInput
        label={`${key === 'header' ? 'Header' : 'JSONPath'} of ${name}`}
        value={textOf(check[key])}
        isReadOnly={isReadOnly}
        onTake={(text) => onChange({ ...check, [key]: text })}
      />
      <Select
        label={`Comparison of ${name}`}
        isDisabled={isReadOnly}
        value={comparison}
        choices={choices}
        onChange={(chosen) => onChange(withComparison(check, chosen))}
      />
      {isValue && (
        <TypedInput
          label={`Value of ${name}`}
          value={isJson ? jsonTextOf(check[comparison]) : textOf(check[comparison])}
          isReadOnly={isReadOnly}
          onTake={(text) => onChange({ ...check, [comparison]: isJson ? jsonOf(text) : text })}
        />
      )}
    </>
  );
}

/** The fields of a check, by its kind. */
function CheckFields(props: CheckFieldsProps) {
  const { check, name, isReadOnly, onChange } = props;
  const kind = kindOfCheck(check);
  const line = (label: string, value: string, read: (text: string) => unknown) => (
    <TypedInput
      label={`${label} of ${name}`}
      value={value}
      isReadOnly={isReadOnly}
      onTake={(text) => onChange({ ...check, [kind]: read(text) })}
    />
  );
  switch (kind) {
    case 'status':
      return line('Statuses', statusesText(check.status), statusesOf);
    case 'header':
    case 'jsonPath':
      return <ComparedFields {...props} />;
    case 'jsonSchema':
      return line('JSON schema', textOf(check.jsonSchema), jsonOf);
    case 'maxBodyBytes':
      return line('Bytes', textOf(check.maxBodyBytes), jsonOf);
    default:
      return line('Text', textOf(check[kind]), (text) => text);
  }
}

/** The checks of a step, one per row. */
export function CheckRows({ path, checks, isReadOnly }: { path: string; checks: unknown; isReadOnly: boolean }) {
  const rows = recordsOf(checks);
  const change = (place: number, next: Raw): void =>
    changeList(path, `${place}`, (list) => list.map((check, index) => (index === place ? next : check)));
  return (
    <fieldset className={styles.rows}>
      <legend>Checks</legend>
      {rows.map((check, place) => {
        const name = `check ${place + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a check has no identity but its place
          <div key={place} className={styles.row}>
            <Select
              label={`Kind of ${name}`}
              isDisabled={isReadOnly}
              value={kindOfCheck(check)}
              choices={checkKinds}
              onChange={(kind) => change(place, newCheck(kind, check))}
            />
            <CheckFields check={check} name={name} isReadOnly={isReadOnly} onChange={(next) => change(place, next)} />
            <TypedInput
              label={`Name of ${name}`}
              value={textOf(check.name)}
              placeholder="name"
              isReadOnly={isReadOnly}
              onTake={(text) => change(place, withKey(check, 'name', text === '' ? undefined : text))}
            />
            <RemoveButton
              name={name}
              isDisabled={isReadOnly}
              onRemove={() => changeList(path, `remove ${rows.length}`, (list) => list.toSpliced(place, 1))}
            />
          </div>
        );
      })}
      <Button
        variant="link"
        disabled={isReadOnly}
        onClick={() =>
          changeList(path, `add ${rows.length}`, (list) => [
            ...list,
            newCheck(list.some((check) => 'status' in check) ? 'jsonPath' : 'status'),
          ])
        }
      >
        Add a check
      </Button>
    </fieldset>
  );
}
