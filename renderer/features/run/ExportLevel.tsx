import { formatNames, type ScenarioFormat, scenarioFormats } from '../../../shared/interchange/formats';
import { api, settle } from '../../api/client';
import { useCatalogStore } from '../../store/catalogStore';
import { useNoticeStore } from '../../store/noticeStore';
import { DownloadIcon } from '../../ui/icons';
import { Menu } from '../../ui/Menu';

/** Exports a level as a script for another tool, with the chosen URL as the target. */
export function ExportLevel({ levelId }: { levelId: string }) {
  const { targetKind, url } = useCatalogStore();
  const { say, fail } = useNoticeStore();
  const target = targetKind === 'url' && url.trim() !== '' ? { url: url.trim() } : {};
  const write = (format: ScenarioFormat): Promise<void> =>
    settle(
      api.exportScenario({ levelId, format, ...target }),
      (file) => {
        if (file !== null) say(`Saved as ${file}`);
      },
      fail,
    );
  return (
    <Menu
      label="Export this level"
      icon={DownloadIcon}
      size="small"
      entries={scenarioFormats.map((format) => ({ label: formatNames[format], onSelect: () => void write(format) }))}
    />
  );
}
