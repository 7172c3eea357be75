/* The components of ui/ in all their states, a page for each: `npm run gallery`. */
import '@fontsource-variable/inter';
import '../app/tokens.css';
import '../app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { UiProvider } from '../ui/UiProvider';
import { Gallery } from './Gallery';

const container = document.getElementById('root');
if (!container) throw new Error('gallery.html has no root');
createRoot(container).render(
  <StrictMode>
    <UiProvider>
      <Gallery />
    </UiProvider>
  </StrictMode>,
);
