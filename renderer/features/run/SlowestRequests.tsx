import { useState } from 'react';
import { shownSlowest, slowestColumns, slowestRow, slowestSection } from '../../../shared/report/sections/slowest';
import type { RunDocument } from '../../../shared/run/document';
import { type SlowRequest, secondOf } from '../../../shared/run/slowRequest';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { usePreferenceStore } from '../../store/preferenceStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ReportBlock } from '../../ui/ReportBlocks';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';

const allOperations = 'all operations';

/** A trace id, linked to the trace viewer in the settings. */
function Trace({ id }: { id: string }) {
  const isShown = usePreferenceStore(({ outputs }) => outputs.traceUrl !== null);
  const { fail } = useNoticeStore();
  if (!isShown) return id;
  return (
    <Button
      variant="link"
      title="Open this trace in the browser"
      onClick={() => void settle(api.openTrace({ traceId: id }), () => {}, fail)}
    >
      {id}
    </Button>
  );
}

interface RowProps {
  request: SlowRequest;
  columns: readonly string[];
  /** Shows a second of the run. */
  onSecond(second: number): void;
}

function Row({ request, columns, onSecond }: RowProps) {
  const {
    label,
    cells: [endedAt, ...cells],
  } = slowestRow(request, columns);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Button variant="link" title="Show this second in the timeline" onClick={() => onSecond(secondOf(request))}>
          {endedAt}
        </Button>
      </td>
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
        <td key={column}>{cell === request.traceId ? <Trace id={cell} /> : cell}</td>
      ))}
    </tr>
  );
}

/** The slowest requests of a run, of all operations or of one. Each links to its second. */
export function SlowestRequests({ document, onSecond }: { document: RunDocument } & Pick<RowProps, 'onSecond'>) {
  const [chosen, setChosen] = useState(allOperations);
  const columns = slowestColumns(document);
  const operations = [...new Set(document.slowest.map(({ operation }) => operation))];
  const operation = operations.includes(chosen) ? chosen : allOperations;
  const shown =
    operation === allOperations
      ? shownSlowest(document)
      : document.slowest.filter((request) => request.operation === operation);
  const blocks = slowestSection(document).flatMap((section) => section.blocks);
  return (
    <Card
      label="Slowest requests of each operation"
      actions={
        operations.length > 1 ? (
          <Select
            label="Slowest requests of"
            size="small"
            value={operation}
            choices={[allOperations, ...operations].map((name) => [name, name] as const)}
            onChange={setChosen}
          />
        ) : undefined
      }
    >
      {operation === allOperations &&
        blocks.map((block) => block.kind === 'sentences' && <ReportBlock key={block.kind} block={block} />)}
      <table className={shared.numbers} aria-label="Slowest requests">
        <HeaderRow titles={columns} />
        <tbody>
          {shown.map((request, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two requests may be alike in everything
            <Row key={place} request={request} columns={columns} onSecond={onSecond} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}
