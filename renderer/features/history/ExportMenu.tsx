import { type ExportFormat, formatNames } from '../../../shared/interchange/formats';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { DownloadIcon } from '../../ui/icons';
import { Menu } from '../../ui/Menu';

/** Exports a run to a file. `formats` are the formats that are possible for it. */
export function ExportMenu({ id, formats }: { id: string; formats: readonly ExportFormat[] }) {
  const { say, fail } = useNoticeStore();
  const write = (format: ExportFormat): Promise<void> =>
    settle(
      api.exportRun({ id, format }),
      (file) => {
        if (file !== null) say(`Saved as ${file}`);
      },
      fail,
    );
  return (
    <Menu
      label="Export"
      icon={DownloadIcon}
      entries={formats.map((format) => ({ label: formatNames[format], onSelect: () => void write(format) }))}
    />
  );
}
