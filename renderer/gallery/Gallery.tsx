import { useSyncExternalStore } from 'react';
import { Toasts } from '../ui/Toasts';
import styles from './Gallery.module.css';
import { pages } from './pages';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** The list of pages at the left, and the page in the URL at the right. */
export function Gallery() {
  const hash = useSyncExternalStore(subscribe, () => location.hash.slice(1));
  const page = pages.find(({ name }) => name === hash) ?? pages[0];
  return (
    <div className={styles.gallery}>
      <nav aria-label="Components" className={styles.pages}>
        {pages.map(({ name }) => (
          <a key={name} href={`#${name}`} aria-current={name === page?.name ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <main className={styles.page} data-page={page?.name}>
        <h1>{page?.name}</h1>
        {page?.states.map(({ title, content }) => (
          <section key={title} className={styles.state} aria-label={title}>
            <h2>{title}</h2>
            <div className={styles.row}>{content}</div>
          </section>
        ))}
      </main>
      <Toasts />
    </div>
  );
}
