import { type RefObject, useRef } from 'react';
import { type SvgChart, type SvgColors, svgPicture } from '../../../shared/charts/svgChart';
import { errorMessage } from '../../../shared/errors/appError';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { chartSvg, type Picture, pngBlobOf, pngOf } from './chartImage';

const formats = ['svg', 'png'] as const;

interface SaveChartProps {
  figure: RefObject<HTMLElement | null>;
  title: string;
  /** Draws the chart for a file; without it what is seen is taken. */
  picture: (() => { chart: SvgChart; colors: SvgColors } | undefined) | undefined;
}

/** The name of a file for a chart. */
function fileName(title: string): string {
  return `proofload-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 80).replace(/-+$/, '');
}

function pictureOf({ figure, title, picture }: SaveChartProps): Picture | undefined {
  const drawn = picture?.();
  if (drawn) return svgPicture(drawn.chart, drawn.colors);
  return figure.current ? chartSvg(figure.current, title) : undefined;
}

async function copy(props: SaveChartProps): Promise<void> {
  const picture = pictureOf(props);
  if (!picture) return;
  const { say, fail } = useNoticeStore.getState();
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngBlobOf(picture) })]);
    say('Chart copied to the clipboard.');
  } catch (error) {
    fail({
      code: 'internal',
      message: `the chart cannot be copied: ${errorMessage(error)}`,
      hint: 'save it as PNG instead',
    });
  }
}

async function save(props: SaveChartProps, format: 'svg' | 'png'): Promise<void> {
  const picture = pictureOf(props);
  if (!picture) return;
  const { title } = props;
  const data = format === 'svg' ? picture.svg : await pngOf(picture);
  const { say, fail } = useNoticeStore.getState();
  await settle(
    api.saveImage({ name: fileName(title), format, data }),
    (file) => {
      if (file !== null) say(`Saved as ${file}`);
    },
    fail,
  );
}

/** Saves the picture of a chart as a file, or puts it on the clipboard. */
export function SaveChart(props: SaveChartProps) {
  const { title } = props;
  const menu = useRef<HTMLDetailsElement>(null);
  const act = (work: Promise<void>): void => {
    menu.current?.removeAttribute('open');
    void work;
  };
  return (
    <details ref={menu} className="menu">
      <summary className="link" aria-label={`Save or copy ${title}`}>
        ⋯
      </summary>
      <div className="panel">
        <button type="button" className="link" aria-label={`Copy ${title}`} onClick={() => act(copy(props))}>
          Copy as image
        </button>
        {formats.map((format) => (
          <button
            key={format}
            type="button"
            className="link"
            aria-label={`Save ${title} as ${format.toUpperCase()}`}
            onClick={() => act(save(props, format))}
          >
            Save as {format.toUpperCase()} …
          </button>
        ))}
      </div>
    </details>
  );
}
