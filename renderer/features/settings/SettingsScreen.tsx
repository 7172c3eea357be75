import { type ReactNode, useRef } from 'react';
import shared from '../../ui/shared.module.css';
import { ReportSection } from '../run/ReportSection';
import { SectionIndex } from '../run/SectionIndex';
import { AllowedHosts } from './AllowedHosts';
import { Appearance } from './Appearance';
import { DatabaseSettings } from './DatabaseSettings';
import { DataFolder } from './DataFolder';
import { Diagnostics } from './Diagnostics';
import { HistorySettings } from './HistorySettings';
import { OutputSettings } from './OutputSettings';
import { SecretSettings } from './SecretSettings';
import styles from './settings.module.css';

const sections: readonly (readonly [title: string, content: ReactNode])[] = [
  ['Appearance', <Appearance key="appearance" />],
  ['History', <HistorySettings key="history" />],
  ['Data folder', <DataFolder key="folder" />],
  ['Databases', <DatabaseSettings key="databases" />],
  ['Outputs', <OutputSettings key="outputs" />],
  ['Allowed hosts', <AllowedHosts key="hosts" />],
  ['Secrets', <SecretSettings key="secrets" />],
  ['Diagnostics', <Diagnostics key="diagnostics" />],
];
const titles = sections.map(([title]) => title);

/** The settings for all windows and all runs, in sections with a sticky index. */
export function SettingsScreen() {
  const screen = useRef<HTMLDivElement>(null);
  return (
    <section className={shared.wideScreen} aria-label="Settings">
      <h1>Settings</h1>
      <div className={styles.columns}>
        <div className={styles.indexColumn}>
          <SectionIndex report={screen} titles={titles} />
        </div>
        <div ref={screen} className={styles.sections}>
          {sections.map(([title, content]) => (
            <ReportSection key={title} title={title}>
              {content}
            </ReportSection>
          ))}
        </div>
      </div>
    </section>
  );
}
