import '@fontsource-variable/inter';
import './app/tokens.css';
import './app/base.css';
import './app/navigation.css';
import './ui/sheets.css';
import './charts/charts.css';
import './features/run/run.css';
import './features/run/report.css';
import './features/integrity/integrity.css';
import './features/settings/settings.css';
import './features/options/options.css';
import './features/profile/profile.css';
import './features/history/history.css';
import './features/compare/compare.css';
import './features/scenarios/scenarios.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from 'react-error-boundary';
import { api } from './api/client';
import { App } from './app/App';
import { BrokenScreen } from './app/BrokenScreen';
import { connectEvents } from './app/connectEvents';
import { handleRequest } from './app/handleRequest';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no root');
connectEvents();
api.onRequest(handleRequest);
createRoot(container).render(
  <StrictMode>
    <ErrorBoundary FallbackComponent={BrokenScreen}>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
