import type { PartBand } from '../../../shared/attribution/attribution';
import { partLabel } from '../../../shared/attribution/parts';
import { partsOf } from '../../../shared/report/sections/timeSpent';
import { formatLatency, formatPercent } from '../../../shared/units/format';
import { ReportTable } from '../../ui/ReportBlocks';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { ChartFrame } from '../frame/ChartFrame';
import chart from '../frame/charts.module.css';
import { partColors } from './partColor';
import styles from './Waterfall.module.css';

/** A bar of the waterfall. */
export interface WaterfallRow {
  key: string;
  name: string;
  band: PartBand;
}

/** With more bars than this, the legend has no room for their values. */
const mostValues = 3;
/** A part below this share of every band is too thin to be drawn. The table has it. */
const worthDrawing = 0.005;

function shareOf({ parts, mean }: PartBand, part: string): number {
  return mean > 0 ? (parts[part] ?? 0) / mean : 0;
}

interface BarProps {
  band: PartBand;
  parts: readonly string[];
  colorOf: (part: string) => string;
}

function Bar({ band, parts, colorOf }: BarProps) {
  return (
    <span className={styles.waterfallBar}>
      {parts.map((part) => (
        <span
          key={part}
          style={{ width: `${100 * shareOf(band, part)}%`, background: colorOf(part) }}
          title={`${partLabel(part)}: ${formatLatency(band.parts[part] ?? 0)}, ${formatPercent(shareOf(band, part))}`}
        />
      ))}
    </span>
  );
}

type LegendProps = Pick<BarProps, 'parts' | 'colorOf'> & { rows: readonly WaterfallRow[] };

/** The colour of each part, with its time in each bar where there are few. */
function Legend({ rows, parts, colorOf }: LegendProps) {
  const named = (part: string) => (
    <>
      <span className={styles.swatch} style={{ background: colorOf(part) }} />
      {partLabel(part)}
    </>
  );
  if (rows.length > mostValues)
    return (
      <ul className={styles.waterfallLegend}>
        {parts.map((part) => (
          <li key={part}>{named(part)}</li>
        ))}
      </ul>
    );
  return (
    <div className={styles.waterfallValues}>
      <table className={shared.numbers} aria-label="Parts">
        <HeaderRow titles={['Part', ...rows.map(({ name }) => name)]} />
        <tbody>
          {parts.map((part) => (
            <tr key={part}>
              <th scope="row">{named(part)}</th>
              {rows.map(({ key, band }) => (
                <td key={key}>{formatLatency(band.parts[part] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The values of a waterfall as a table. */
function WaterfallTable({ title, rows }: { title: string; rows: readonly WaterfallRow[] }) {
  const parts = partsOf(rows.map(({ band }) => band)).map((part) => ({
    label: partLabel(part),
    cells: rows.map(({ band }) => `${formatLatency(band.parts[part] ?? 0)} (${formatPercent(shareOf(band, part))})`),
  }));
  const total = { label: 'Total', cells: rows.map(({ band }) => formatLatency(band.mean)) };
  return (
    <div className={chart.chartTable}>
      <ReportTable
        label={title}
        columns={['Part of a request', ...rows.map(({ name }) => name)]}
        rows={[...parts, total]}
      />
    </div>
  );
}

interface WaterfallProps {
  title: string;
  rows: readonly WaterfallRow[];
  /** All parts that can appear, so that a part keeps its colour when other rows are chosen. */
  allParts?: readonly string[];
}

/** How requests spend their time. Each bar is as long as the total time. */
export function Waterfall({ title, rows: shown, allParts }: WaterfallProps) {
  const present = shown.map(({ band }) => band);
  const parts = partsOf(present);
  const colorOf = partColors([...(allParts ?? []), ...parts]);
  const drawn = parts.filter((part) => present.some((band) => shareOf(band, part) >= worthDrawing));
  return (
    <ChartFrame
      name="Waterfall"
      title={title}
      legend={null}
      table={() => <WaterfallTable title={title} rows={shown} />}
    >
      <div className={styles.waterfall}>
        {shown.length === 0 && <p className={shared.quiet}>Too few requests: the median needs at least 100.</p>}
        {shown.map(({ key, name, band }) => (
          <div key={key} className={styles.waterfallRow} data-band={key}>
            <span>{name}</span>
            <span className={styles.waterfallMean}>{formatLatency(band.mean)}</span>
            <Bar band={band} parts={drawn} colorOf={colorOf} />
          </div>
        ))}
        {shown.length > 0 && <Legend rows={shown} parts={drawn} colorOf={colorOf} />}
      </div>
    </ChartFrame>
  );
}
