import type { OfferedVariable } from '../../../shared/scenario/variableUse';
import { textOf } from '../scenarioDraft/draftValues';
import { RecordRows } from './RecordRows';
import { TemplateInput } from './TemplateInput';

interface HeaderRowsProps {
  /** The path of the headers in the draft. */
  path: string;
  headers: unknown;
  variables: readonly OfferedVariable[];
  isReadOnly: boolean;
}

/** The headers of a request, one per row. */
export function HeaderRows({ path, headers, variables, isReadOnly }: HeaderRowsProps) {
  return (
    <RecordRows
      title="Headers"
      path={path}
      record={headers}
      isReadOnly={isReadOnly}
      kind="header"
      nameLabel="Name of header"
      addLabel="Add a header"
      first={['X-Header', '']}
    >
      {(name, value, change) => (
        <TemplateInput
          name={`${name} header`}
          value={textOf(value)}
          variables={variables}
          isReadOnly={isReadOnly}
          onChange={change}
        />
      )}
    </RecordRows>
  );
}
