import type { OfferedVariable } from '../../../shared/scenario/variableUse';
import { Button } from '../../ui/Button';
import { freeKey, withName } from '../scenarioDraft/checkForm';
import { isRecord, textOf, withKey } from '../scenarioDraft/draftValues';
import { setValue } from '../scenarioDraft/fields';
import styles from './journeys.module.css';
import { TemplateInput } from './TemplateInput';
import { TypedInput } from './TypedInput';

interface HeaderRowsProps {
  /** The path of the headers in the draft. */
  path: string;
  headers: unknown;
  variables: readonly OfferedVariable[];
  isReadOnly: boolean;
}

/** The headers of a request, one per row. */
export function HeaderRows({ path, headers, variables, isReadOnly }: HeaderRowsProps) {
  const record = isRecord(headers) ? headers : {};
  const names = Object.keys(record);
  return (
    <fieldset className={styles.rows}>
      <legend>Headers</legend>
      {names.map((name, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header keeps its place while its name changes
        <div key={place} className={styles.row}>
          <TypedInput
            label={`Name of header ${place + 1}`}
            value={name}
            isReadOnly={isReadOnly}
            onTake={(typed) => setValue(path, withName(record, name, typed))}
          />
          <TemplateInput
            name={`${name} header`}
            value={textOf(record[name])}
            variables={variables}
            isReadOnly={isReadOnly}
            onChange={(value) => setValue(`${path}`, { ...record, [name]: value })}
          />
          <Button
            variant="link"
            aria-label={`Remove header ${name}`}
            disabled={isReadOnly}
            onClick={() => setValue(path, names.length === 1 ? undefined : withKey(record, name, undefined))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button
        variant="link"
        disabled={isReadOnly}
        onClick={() => setValue(path, { ...record, [freeKey('X-Header', (name) => name in record)]: '' })}
      >
        Add a header
      </Button>
    </fieldset>
  );
}
