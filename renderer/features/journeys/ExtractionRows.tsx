import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { extractionKinds, freeKey, kindOfExtraction, newExtraction, withName } from '../scenarioDraft/checkForm';
import { isRecord, jsonOf, type Raw, textOf, withKey } from '../scenarioDraft/draftValues';
import { setValue } from '../scenarioDraft/fields';
import styles from './journeys.module.css';
import { TypedInput } from './TypedInput';

interface ExtractionFieldsProps {
  extraction: Raw;
  variable: string;
  isReadOnly: boolean;
  onChange(extraction: Raw): void;
}

/** The location of the value in the response. */
function ExtractionFields({ extraction, variable, isReadOnly, onChange }: ExtractionFieldsProps) {
  const kind = kindOfExtraction(extraction);
  if (kind === 'status') return <span className={shared.quiet}>of the response</span>;
  return (
    <>
      <TypedInput
        label={`Source of ${variable}`}
        value={textOf(extraction[kind])}
        isReadOnly={isReadOnly}
        onTake={(text) => onChange({ ...extraction, [kind]: text })}
      />
      {kind === 'regex' && (
        <TypedInput
          label={`Group of ${variable}`}
          value={textOf(extraction.group)}
          placeholder="first group"
          isReadOnly={isReadOnly}
          onTake={(text) => onChange(withKey(extraction, 'group', text === '' ? undefined : jsonOf(text)))}
        />
      )}
    </>
  );
}

interface ExtractionRowsProps {
  /** The path of the extractions in the draft. */
  path: string;
  extract: unknown;
  isReadOnly: boolean;
}

/** The values that a step extracts from its response for later steps, one variable per row. */
export function ExtractionRows({ path, extract, isReadOnly }: ExtractionRowsProps) {
  const record = isRecord(extract) ? extract : {};
  const variables = Object.keys(record);
  return (
    <fieldset className={styles.rows}>
      <legend>Extract</legend>
      {variables.map((variable, place) => {
        const entry = record[variable];
        const extraction = isRecord(entry) ? entry : {};
        const change = (next: Raw): void => setValue(path, { ...record, [variable]: next });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a variable keeps its place while its name changes
          <div key={place} className={styles.row}>
            <TypedInput
              label={`Variable ${place + 1}`}
              value={variable}
              isReadOnly={isReadOnly}
              onTake={(name) => setValue(path, withName(record, variable, name))}
            />
            <Select
              label={`Kind of ${variable}`}
              isDisabled={isReadOnly}
              value={kindOfExtraction(extraction)}
              choices={extractionKinds}
              onChange={(kind) => change(newExtraction(kind))}
            />
            <ExtractionFields extraction={extraction} variable={variable} isReadOnly={isReadOnly} onChange={change} />
            <Button
              variant="link"
              aria-label={`Remove variable ${variable}`}
              disabled={isReadOnly}
              onClick={() => setValue(path, variables.length === 1 ? undefined : withKey(record, variable, undefined))}
            >
              Remove
            </Button>
          </div>
        );
      })}
      <Button
        variant="link"
        disabled={isReadOnly}
        onClick={() =>
          setValue(path, { ...record, [freeKey('value', (name) => name in record)]: newExtraction('jsonPath') })
        }
      >
        Add an extraction
      </Button>
    </fieldset>
  );
}
