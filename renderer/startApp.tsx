import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from 'react-error-boundary';
import { setFormatLocale } from '../shared/units/format';
import { api } from './api/client';
import { App } from './app/App';
import { BrokenScreen } from './app/BrokenScreen';
import { connectEvents } from './app/connectEvents';
import { handleRequest } from './app/handleRequest';
import { UiProvider } from './ui/UiProvider';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no root');
setFormatLocale(api.locale);
connectEvents();
api.onRequest(handleRequest);
createRoot(container).render(
  <StrictMode>
    <UiProvider>
      <ErrorBoundary FallbackComponent={BrokenScreen}>
        <App />
      </ErrorBoundary>
    </UiProvider>
  </StrictMode>,
);
