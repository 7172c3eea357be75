import type { PartBand } from '../../../shared/attribution/attribution';
import { partLabel, partRank } from '../../../shared/attribution/parts';
import { formatLatency, formatPercent } from '../../../shared/units/format';
import { HeaderRow } from '../../ui/HeaderRow';
import { ChartFrame } from '../frame/ChartFrame';
import { partColors } from './partColor';

/** A bar of the waterfall. */
export interface WaterfallRow {
  key: string;
  name: string;
  band: PartBand;
}

/** A part below this share of every band is too thin to be seen; the table has it. */
const worthDrawing = 0.005;

function partsOf(bands: readonly PartBand[]): string[] {
  const all = new Set(bands.flatMap(({ parts }) => Object.keys(parts)));
  return [...all].sort((a, b) => partRank(a) - partRank(b));
}

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
    <span className="waterfall-bar">
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

interface WaterfallProps {
  title: string;
  rows: readonly WaterfallRow[];
  /** All parts that can come into view, so that a part keeps its colour when other rows are chosen. */
  allParts?: readonly string[];
}

/** What requests spend their time with: a bar each, as long as the whole of it. */
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
      table={() => (
        <div className="chart-table">
          <table className="numbers" aria-label={title}>
            <HeaderRow titles={['Part', ...shown.map(({ name }) => name)]} />
            <tbody>
              {parts.map((part) => (
                <tr key={part}>
                  <th scope="row">{partLabel(part)}</th>
                  {shown.map(({ key, band }) => (
                    <td key={key}>
                      {formatLatency(band.parts[part] ?? 0)} ({formatPercent(shareOf(band, part))})
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    >
      <div className="waterfall">
        {shown.length === 0 && <p className="quiet">Too few requests: the median needs at least 100.</p>}
        {shown.map(({ key, name, band }) => (
          <div key={key} className="waterfall-row" data-band={key}>
            <span>{name}</span>
            <span className="waterfall-mean">{formatLatency(band.mean)}</span>
            <Bar band={band} parts={drawn} colorOf={colorOf} />
          </div>
        ))}
        <ul className="waterfall-legend">
          {drawn.map((part) => (
            <li key={part}>
              <span className="swatch" style={{ background: colorOf(part) }} />
              {partLabel(part)}
            </li>
          ))}
        </ul>
      </div>
    </ChartFrame>
  );
}
