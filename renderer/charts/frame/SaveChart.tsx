import type { RefObject } from 'react';
import { type SvgChart, type SvgColors, svgPicture } from '../../../shared/charts/svgChart';
import { errorMessage } from '../../../shared/errors/appError';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { CopyIcon, DownloadIcon, MoreIcon } from '../../ui/icons';
import { Menu } from '../../ui/Menu';
import { chartSvg, type Picture, pngBlobOf, pngOf } from './chartImage';

const formats = ['svg', 'png'] as const;

interface SaveChartProps {
  figure: RefObject<HTMLElement | null>;
  title: string;
  /** Draws the chart for a file. Without it, the visible chart is saved. */
  picture: (() => { chart: SvgChart; colors: SvgColors } | undefined) | undefined;
}

/** The file name for a chart. */
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

/** Saves the image of a chart as a file, or copies it to the clipboard. */
export function SaveChart(props: SaveChartProps) {
  return (
    <Menu
      label={`Save or copy ${props.title}`}
      isLabelHidden
      icon={MoreIcon}
      variant="ghost"
      size="small"
      entries={[
        { label: 'Copy as image', icon: CopyIcon, onSelect: () => void copy(props) },
        ...formats.map((format) => ({
          label: `Save as ${format.toUpperCase()} …`,
          icon: DownloadIcon,
          onSelect: () => void save(props, format),
        })),
      ]}
    />
  );
}
