import { type ExportFormat, exportFormats, formatNames } from '../../../shared/interchange/formats';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';

/** Writes a run to a file. `formats` are those that it can be written as. */
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
    <select
      className="field"
      aria-label="Export"
      value=""
      onChange={({ target }) => {
        const format = exportFormats.find((known) => known === target.value);
        if (format) void write(format);
      }}
    >
      <option value="">Export …</option>
      {formats.map((format) => (
        <option key={format} value={format}>
          {formatNames[format]}
        </option>
      ))}
    </select>
  );
}
