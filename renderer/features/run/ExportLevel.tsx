import { formatNames, scenarioFormats } from '../../../shared/interchange/formats';
import { api, settle } from '../../api/client';
import { useCatalogStore } from '../../store/catalogStore';
import { useNoticeStore } from '../../store/noticeStore';

/** Writes a level as a script for another tool, against the URL that is chosen. */
export function ExportLevel({ levelId }: { levelId: string }) {
  const { targetKind, url } = useCatalogStore();
  const { say, fail } = useNoticeStore();
  const target = targetKind === 'url' && url.trim() !== '' ? { url: url.trim() } : {};
  return (
    <select
      className="field"
      aria-label="Export this level"
      value=""
      onChange={({ target: { value } }) => {
        const format = scenarioFormats.find((known) => known === value);
        if (!format) return;
        void settle(
          api.exportScenario({ levelId, format, ...target }),
          (file) => {
            if (file !== null) say(`Saved as ${file}`);
          },
          fail,
        );
      }}
    >
      <option value="">Export this level …</option>
      {scenarioFormats.map((format) => (
        <option key={format} value={format}>
          {formatNames[format]}
        </option>
      ))}
    </select>
  );
}
