import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { extractionKinds, kindOfExtraction, newExtraction } from '../scenarioDraft/checkForm';
import { isRecord, jsonOf, type Raw, textOf, withKey } from '../scenarioDraft/draftValues';
import { RecordRows } from './RecordRows';
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
  return (
    <RecordRows
      title="Extractions"
      path={path}
      record={extract}
      isReadOnly={isReadOnly}
      kind="variable"
      nameLabel="Variable"
      addLabel="Add an extraction"
      first={['value', newExtraction('jsonPath')]}
    >
      {(variable, value, change) => {
        const extraction = isRecord(value) ? value : {};
        return (
          <>
            <Select
              label={`Kind of ${variable}`}
              isDisabled={isReadOnly}
              value={kindOfExtraction(extraction)}
              choices={extractionKinds}
              onChange={(kind) => change(newExtraction(kind))}
            />
            <ExtractionFields extraction={extraction} variable={variable} isReadOnly={isReadOnly} onChange={change} />
          </>
        );
      }}
    </RecordRows>
  );
}
