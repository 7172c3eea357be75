import { type ReactNode, useState } from 'react';
import { Badge, badgeTones } from '../ui/Badge';
import { Button, buttonSizes, buttonVariants } from '../ui/Button';
import { Card, type CardTone } from '../ui/Card';
import { Choice, ChoiceGroup } from '../ui/Choice';
import { DateField } from '../ui/DateField';
import { Dialog } from '../ui/Dialog';
import { EmptyState } from '../ui/EmptyState';
import { Checkbox, Field, Input } from '../ui/Field';
import { CopyIcon, DownloadIcon, MoreIcon, PlayIcon } from '../ui/icons';
import { Menu } from '../ui/Menu';
import { Popover } from '../ui/Popover';
import { RelativeTime } from '../ui/RelativeTime';
import { ReorderList } from '../ui/ReorderList';
import { ResizeHandle } from '../ui/ResizeHandle';
import { Select } from '../ui/Select';
import { Table } from '../ui/Table';
import { Tabs } from '../ui/Tabs';
import { Tile, TileRow } from '../ui/Tile';
import { showErrorToast, showToast } from '../ui/Toasts';
import { Tooltip } from '../ui/Tooltip';

interface GalleryState {
  title: string;
  content: ReactNode;
}

interface GalleryPage {
  name: string;
  states: readonly GalleryState[];
}

const buttons: GalleryPage = {
  name: 'Button',
  states: [
    ...buttonVariants.map((variant) => ({
      title: variant,
      content: (
        <>
          {buttonSizes.map((size) => (
            <Button key={size} variant={variant} size={size}>
              {size}
            </Button>
          ))}
          <Button variant={variant} icon={PlayIcon}>
            with an icon
          </Button>
          <Button variant={variant} icon={PlayIcon} aria-label={`${variant}, icon alone`} />
          <Button variant={variant} disabled>
            disabled
          </Button>
        </>
      ),
    })),
    {
      title: 'pressed',
      content: (
        <>
          <Button aria-pressed>on</Button>
          <Button aria-pressed={false}>off</Button>
          <Button variant="ghost" aria-pressed>
            on
          </Button>
        </>
      ),
    },
  ],
};

function SelectDemo({ isDisabled = false, size = 'normal' }: { isDisabled?: boolean; size?: 'small' | 'normal' }) {
  const [value, setValue] = useState('p95');
  return (
    <Select
      label={`Metric, ${size}${isDisabled ? ', disabled' : ''}`}
      size={size}
      isDisabled={isDisabled}
      value={value}
      choices={[
        ['p50', 'P50', '1,204'],
        ['p95', 'P95', '310'],
        ['p99', 'P99'],
      ]}
      onChange={setValue}
    />
  );
}

function MenuSwitchDemo() {
  const [columns, setColumns] = useState<readonly string[]>(['P95']);
  return (
    <Menu
      label="Columns"
      entries={['P50', 'P95', 'P99'].map((name) => ({
        label: name,
        isChecked: columns.includes(name),
        onToggle: () =>
          setColumns(columns.includes(name) ? columns.filter((column) => column !== name) : [...columns, name]),
      }))}
    />
  );
}

function ResizeDemo() {
  const [heightPx, setHeightPx] = useState(60);
  return (
    <div>
      <p>{heightPx} pixels</p>
      <ResizeHandle
        label="Height of the example"
        heightPx={heightPx}
        leastPx={40}
        mostPx={120}
        onMove={setHeightPx}
        onEnd={setHeightPx}
        onReset={() => setHeightPx(60)}
      />
    </div>
  );
}

const actions = [
  { label: 'Copy as image', icon: CopyIcon, onSelect: () => showToast('Chart copied to the clipboard.') },
  { label: 'Save as PNG …', icon: DownloadIcon, onSelect: () => showToast('Saved as chart.png') },
  { label: 'Not now', isDisabled: true, onSelect: () => {} },
];

const menus: GalleryPage = {
  name: 'Menu',
  states: [
    { title: 'actions', content: <Menu label="Export" icon={DownloadIcon} entries={actions} /> },
    { title: 'switches', content: <MenuSwitchDemo /> },
    {
      title: 'icon alone',
      content: <Menu label="More" isLabelHidden icon={MoreIcon} variant="ghost" entries={actions} />,
    },
    { title: 'disabled', content: <Menu label="Export" isDisabled entries={actions} /> },
  ],
};

const selects: GalleryPage = {
  name: 'Select',
  states: [
    { title: 'normal', content: <SelectDemo /> },
    { title: 'small', content: <SelectDemo size="small" /> },
    { title: 'disabled', content: <SelectDemo isDisabled /> },
  ],
};

const fields: GalleryPage = {
  name: 'Field',
  states: [
    {
      title: 'plain',
      content: (
        <Field label="Duration" hint="30s, 2m, 1h30m">
          <Input placeholder="2m" />
        </Field>
      ),
    },
    {
      title: 'with a problem',
      content: (
        <Field label="Duration" problem="'soon' is not a duration such as 500ms, 30s or 2m">
          <Input defaultValue="soon" />
        </Field>
      ),
    },
    {
      title: 'disabled',
      content: (
        <Field label="Rate">
          <Input type="number" disabled placeholder="200" />
        </Field>
      ),
    },
    {
      title: 'a choice',
      content: (
        <Field label="Metric">
          <Select value="p95" choices={[['p95', 'P95']]} onChange={() => {}} />
        </Field>
      ),
    },
    {
      title: 'boxes to tick',
      content: (
        <>
          <Checkbox defaultChecked>Quick run of 30s</Checkbox>
          <Checkbox>Record a CPU profile</Checkbox>
          <Checkbox disabled>Not for a URL</Checkbox>
        </>
      ),
    },
  ],
};

function DateDemo({ label, problem }: { label: string; problem?: string }) {
  const [day, setDay] = useState('2024-11-12');
  return <DateField label={label} value={day} problem={problem} onChange={setDay} />;
}

const dates: GalleryPage = {
  name: 'DateField',
  states: [
    { title: 'a day', content: <DateDemo label="From" /> },
    { title: 'with a problem', content: <DateDemo label="To" problem="The last day is before the first." /> },
  ],
};

function ChoiceDemo() {
  const [value, setValue] = useState('1');
  return (
    <ChoiceGroup legend="Level">
      {[
        ['1', 'Report', 'P95 806 ms'],
        ['2', 'Target', '⊘ locked'],
      ].map(([key = '', name = '', note]) => (
        <Choice
          key={key}
          group="gallery-level"
          value={key}
          isChecked={key === value}
          mark={key}
          name={name}
          note={note}
          onChoose={() => setValue(key)}
        />
      ))}
    </ChoiceGroup>
  );
}

const tabs: GalleryPage = {
  name: 'Tabs',
  states: [
    {
      title: 'one is disabled',
      content: (
        <Tabs
          label="Views"
          tabs={[
            { key: 'chart', title: 'Chart', content: <p>The chart.</p> },
            { key: 'table', title: 'Table', content: <p>The table.</p> },
            { key: 'source', title: 'Source', isDisabled: true, content: <p>The source.</p> },
          ]}
        />
      ),
    },
  ],
};

function DialogDemo() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open the dialog</Button>
      {isOpen && (
        <Dialog label="Example" onClose={() => setOpen(false)}>
          <h2>Example</h2>
          <p>It keeps the focus until it is closed.</p>
          <Button onClick={() => setOpen(false)}>Close</Button>
        </Dialog>
      )}
    </>
  );
}

const overlays: readonly GalleryPage[] = [
  { name: 'Dialog', states: [{ title: 'modal', content: <DialogDemo /> }] },
  {
    name: 'Tooltip',
    states: [
      {
        title: 'on a button',
        content: (
          <Tooltip text="24 November 2026, 14:21:20">
            <Button>3 minutes ago</Button>
          </Tooltip>
        ),
      },
    ],
  },
  {
    name: 'RelativeTime',
    states: [
      ['now', 0],
      ['minutes', 3],
      ['hours', 5 * 60],
      ['days', 12 * 24 * 60],
    ].map(([title, minutes]) => ({
      title: String(title),
      content: <RelativeTime at={new Date(Date.now() - Number(minutes) * 60_000).toISOString()} />,
    })),
  },
  {
    name: 'Popover',
    states: [
      {
        title: 'evidence',
        content: (
          <Popover
            title="other load"
            trigger={<Button size="small">other load</Button>}
            more={{ label: 'Show in Trust', find: () => undefined }}
          >
            <p>· no effect</p>
            <p>Other programs took 12 % of the processors.</p>
          </Popover>
        ),
      },
    ],
  },
  { name: 'ResizeHandle', states: [{ title: 'between its least and its most', content: <ResizeDemo /> }] },
  {
    name: 'Toast',
    states: [
      {
        title: 'messages',
        content: (
          <>
            <Button onClick={() => showToast('Saved as run.html')}>Done</Button>
            <Button onClick={() => showErrorToast('the folder is gone', 'choose another folder')}>An error</Button>
          </>
        ),
      },
    ],
  },
];

function ReorderDemo({ isDisabled = false }: { isDisabled?: boolean }) {
  const [names, setNames] = useState<readonly string[]>(['login page', 'login', 'order']);
  return (
    <ReorderList
      label={`Steps${isDisabled ? ', disabled' : ''}`}
      names={names}
      isDisabled={isDisabled}
      onMove={(from, to) => setNames(names.toSpliced(from, 1).toSpliced(to, 0, names[from] ?? ''))}
      renderItem={(place, handle) => (
        <>
          {handle} {names[place]}
        </>
      )}
    />
  );
}

const tones = ['plain', 'accent', 'passed', 'failed', 'undecided'] as const satisfies readonly CardTone[];

const boxes: readonly GalleryPage[] = [
  {
    name: 'Card',
    states: tones.map((tone) => ({
      title: tone,
      content: (
        <Card title={`Recommendation, ${tone}`} tone={tone} actions={<Button size="small">Use it</Button>}>
          <p>SQLite, optimised holds every threshold.</p>
        </Card>
      ),
    })),
  },
  {
    name: 'Table',
    states: [
      {
        title: 'figures',
        content: (
          <Table label="Response time" columns={['Operation', 'Engine', 'Count', 'P95']} texts={['Engine']}>
            {[
              ['read', '19,210', '1.24 ms'],
              ['query', '4,790', '12.6 ms'],
            ].map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-text>sqlite</td>
                {cells.map((cell) => (
                  <td key={cell}>{cell}</td>
                ))}
              </tr>
            ))}
          </Table>
        ),
      },
    ],
  },
  {
    name: 'Badge',
    states: [
      {
        title: 'tones',
        content: badgeTones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        )),
      },
    ],
  },
  {
    name: 'Tile',
    states: [
      {
        title: 'figures',
        content: (
          <TileRow>
            <Tile label="P95" value="12.3 ms" note="response time" />
            <Tile label="P99" value="179 ms" note="limit 100 ms" isBreach />
          </TileRow>
        ),
      },
    ],
  },
  {
    name: 'EmptyState',
    states: [
      {
        title: 'a screen',
        content: (
          <EmptyState icon={PlayIcon} sentence="No runs yet. Start one, or drop result files of other tools here.">
            <Button>Go to Run</Button>
            <Button variant="link">Open the sample run</Button>
          </EmptyState>
        ),
      },
      { title: 'a part of a screen', content: <EmptyState sentence="No matches." /> },
    ],
  },
  { name: 'Choice', states: [{ title: 'one of a group', content: <ChoiceDemo /> }] },
  {
    name: 'ReorderList',
    states: [
      { title: 'at rest', content: <ReorderDemo /> },
      { title: 'disabled', content: <ReorderDemo isDisabled /> },
    ],
  },
];

/** A page for each component, with its states. */
export const pages: readonly GalleryPage[] = [buttons, menus, fields, dates, selects, tabs, ...overlays, ...boxes];
