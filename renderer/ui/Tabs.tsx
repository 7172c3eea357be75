import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

export interface Tab {
  key: string;
  title: string;
  isDisabled?: boolean;
  content: ReactNode;
}

/** Alternative views, one at a time. Arrow keys move between the titles, Enter or Space shows one. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <BaseTabs.Root defaultValue={tabs.find(({ isDisabled }) => isDisabled !== true)?.key}>
      <BaseTabs.List className={styles.list} aria-label={label}>
        {tabs.map(({ key, title, isDisabled = false }) => (
          <BaseTabs.Tab key={key} value={key} disabled={isDisabled} className={styles.tab}>
            {title}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map(({ key, content }) => (
        <BaseTabs.Panel key={key} value={key} className={styles.panel}>
          {content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
