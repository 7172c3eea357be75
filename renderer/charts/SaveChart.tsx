import type { RefObject } from 'react';
import { api, settle } from '../api/client';
import { useNoticeStore } from '../store/noticeStore';
import { chartSvg, pngOf } from './chartImage';

const formats = ['svg', 'png'] as const;

/** The name of a file for a chart. */
function fileName(title: string): string {
  return `proofload-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 80).replace(/-+$/, '');
}

async function save(figure: HTMLElement, title: string, format: 'svg' | 'png'): Promise<void> {
  const picture = chartSvg(figure, title);
  if (!picture) return;
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

/** Saves the picture of a chart as a file. */
export function SaveChart({ figure, title }: { figure: RefObject<HTMLElement | null>; title: string }) {
  return formats.map((format) => (
    <button
      key={format}
      type="button"
      className="link chart-save"
      aria-label={`Save ${title} as ${format.toUpperCase()}`}
      onClick={() => {
        if (figure.current) void save(figure.current, title, format);
      }}
    >
      {format.toUpperCase()}
    </button>
  ));
}
